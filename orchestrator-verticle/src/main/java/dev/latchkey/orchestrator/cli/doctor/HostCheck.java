// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Whether an address is this machine's, and one. */
final class HostCheck {
    private static final String NAME = "cluster.host";

    private final String host;

    HostCheck(String host) {
        this.host = host;
    }

    Finding look() {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isAnyLocalAddress()
                    ? Finding.fail(NAME, host + " stands for all addresses", "name the one that other nodes dial")
                    : judge(address);
        } catch (IOException e) {
            return Finding.fail(NAME, host + " does not resolve", "correct the name, or write an address");
        }
    }

    /** Port 0 can be had on every address that is this machine's. */
    private Finding judge(InetAddress address) {
        try (ServerSocket socket = new ServerSocket(0, 1, address)) {
            return Finding.ok(
                    NAME,
                    host
                            + (socket.getInetAddress().isLoopbackAddress()
                                    ? ", on this machine only"
                                    : ", this machine's"));
        } catch (IOException e) {
            return Finding.fail(NAME, host + " is no address of this machine", "name one of 'ip address'");
        }
    }
}
