// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Asks the operating system for a port that nobody uses. Somebody may take it before it is used: then the start fails. */
public final class FreePort {
    private FreePort() {}

    /**
     * A free TCP port of one of this machine's addresses.
     *
     * @throws IOException when the host is none of them
     */
    public static int on(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IOException(
                    "cluster.host: " + host + " is no address of this machine (" + e.getMessage() + ")", e);
        }
    }
}
