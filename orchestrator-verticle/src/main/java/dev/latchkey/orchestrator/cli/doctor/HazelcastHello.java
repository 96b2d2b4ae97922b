// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Asks what listens at a port whether it is a Hazelcast member: one that is said its protocol's three letters says them back. */
final class HazelcastHello {
    private static final byte[] LETTERS = "HZC".getBytes(StandardCharsets.US_ASCII);
    private static final int PATIENCE_MILLIS = 2_000;

    private HazelcastHello() {}

    static boolean answers(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(LETTERS);
            return Arrays.equals(LETTERS, socket.getInputStream().readNBytes(LETTERS.length));
        } catch (IOException e) {
            return false;
        }
    }
}
