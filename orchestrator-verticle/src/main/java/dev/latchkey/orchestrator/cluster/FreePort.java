// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;

/**
 * Finds a port that nobody uses. Somebody may take it before it is used: then the start fails.
 *
 * <p>Below the ports that operating systems hand out by themselves (32768 and above on Linux, 49152 elsewhere), so that no outgoing
 * connection takes it meanwhile, and drawn, so that two programs that look at one moment hardly find the same.
 */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int END = 32_768;
    private static final int ATTEMPTS = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    private FreePort() {}

    /**
     * A free TCP port of one of this machine's addresses.
     *
     * @throws IOException when the host is none of them, or none of the ports that were tried is free
     */
    public static int on(String host) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        requireOwn(host, address);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = RANDOM.nextInt(FIRST, END);
            if (isFree(address, port)) {
                return port;
            }
        }
        throw new IOException(
                "no free port was found from " + FIRST + " to " + (END - 1) + "; stop what listens there");
    }

    private static void requireOwn(String host, InetAddress address) throws IOException {
        if (!isFree(address, 0)) {
            throw new IOException("cluster.host: " + host + " is no address of this machine");
        }
    }

    /** Port 0 is free on every address that is this machine's. */
    private static boolean isFree(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
