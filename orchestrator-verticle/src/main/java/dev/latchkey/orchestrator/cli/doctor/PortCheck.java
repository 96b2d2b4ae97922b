// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Whether a port is free. */
final class PortCheck {
    private final String name;
    private final String host;
    private final int port;

    PortCheck(String name, String host, int port) {
        this.name = name;
        this.host = host;
        this.port = port;
    }

    Finding look() {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return Finding.ok(name, socket.getLocalPort() + " is free");
        } catch (IOException e) {
            return taken();
        }
    }

    private Finding taken() {
        return HazelcastHello.answers(host, port)
                ? Finding.warn(
                        name,
                        port + " is in use by a Hazelcast member",
                        "none is needed if that is this node, running already; else choose another port")
                : Finding.fail(name, port + " cannot be had on " + host, "stop what listens there, or choose another");
    }
}
