// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Two networks of this machine's own, joined by a cable that can be cut: network namespaces and a pair of virtual interfaces. Needs
 * root, and {@code ip} of iproute2. Nothing of it is reached from outside, and nothing outside from it.
 *
 * <p>Hosts' addresses are on the namespaces' loopback interfaces, so that nodes of one side reach each other whatever the cable does.
 */
final class SplitNetwork implements AutoCloseable {
    private static final String ONE = "lksoak1";
    private static final String OTHER = "lksoak2";
    private static final String CABLE_OF_ONE = "lkcable1";
    private static final String CABLE_OF_OTHER = "lkcable2";

    /** Members notice a cut, and look for each other again, within seconds; Hazelcast's own times are minutes. */
    private static final String IMPATIENT = "JAVA_TOOL_OPTIONS=-Dhazelcast.heartbeat.interval.seconds=1"
            + " -Dhazelcast.max.no.heartbeat.seconds=6 -Dhazelcast.merge.first.run.delay.seconds=5"
            + " -Dhazelcast.merge.next.run.delay.seconds=5";

    private final Place one = place(ONE, "10.77.0.1");
    private final Place other = place(OTHER, "10.77.0.2");

    private SplitNetwork() {}

    private static Place place(String space, String host) {
        return new Place(host, List.of("ip", "netns", "exec", space, "env", IMPATIENT));
    }

    /** Sets both networks up, joined. */
    static SplitNetwork create() throws IOException {
        SplitNetwork network = new SplitNetwork();
        network.close();
        ip("netns add " + ONE);
        ip("netns add " + OTHER);
        ip("link add " + CABLE_OF_ONE + " netns " + ONE + " type veth peer name " + CABLE_OF_OTHER + " netns " + OTHER);
        setUp(ONE, CABLE_OF_ONE, network.one.host(), "10.78.0.1");
        setUp(OTHER, CABLE_OF_OTHER, network.other.host(), "10.78.0.2");
        network.heal();
        return network;
    }

    private static void setUp(String space, String cable, String host, String end) throws IOException {
        ip("-n " + space + " link set lo up");
        ip("-n " + space + " addr add " + host + "/32 dev lo");
        ip("-n " + space + " addr add " + end + "/30 dev " + cable);
    }

    Place one() {
        return one;
    }

    Place other() {
        return other;
    }

    /** From now on nothing passes between the two. */
    void cut() throws IOException {
        ip("-n " + ONE + " link set " + CABLE_OF_ONE + " down");
        ip("-n " + OTHER + " link set " + CABLE_OF_OTHER + " down");
    }

    /** Joins the two again. */
    void heal() throws IOException {
        ip("-n " + ONE + " link set " + CABLE_OF_ONE + " up");
        ip("-n " + OTHER + " link set " + CABLE_OF_OTHER + " up");
        ip("-n " + ONE + " route replace " + other.host() + "/32 via 10.78.0.2 src " + one.host());
        ip("-n " + OTHER + " route replace " + one.host() + "/32 via 10.78.0.1 src " + other.host());
    }

    /** Removes both, if they are there. */
    @Override
    public void close() throws IOException {
        for (String space : List.of(ONE, OTHER)) {
            run("netns del " + space);
        }
    }

    private static void ip(String arguments) throws IOException {
        String problem = run(arguments);
        if (!problem.isEmpty()) {
            throw new IOException("'ip " + arguments + "' failed: " + problem + "; this plan needs root and iproute2");
        }
    }

    /** What it had to complain of; empty when it went well. */
    private static String run(String arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.onExit().join().exitValue();
        if (code == 0) {
            return "";
        }
        return told.isEmpty() ? "status " + code : told;
    }
}
