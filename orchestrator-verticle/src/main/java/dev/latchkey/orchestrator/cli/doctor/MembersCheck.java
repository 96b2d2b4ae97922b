// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.doctor;

import dev.latchkey.orchestrator.cluster.ClusterSettings;
import java.util.List;

/** Whether there is a cluster to join. */
final class MembersCheck {
    private static final String NAME = "cluster";
    private static final int DEFAULT_PORT = 5701;

    private final ClusterSettings settings;
    private final boolean begins;

    MembersCheck(ClusterSettings settings, boolean begins) {
        this.settings = settings;
        this.begins = begins;
    }

    Finding look() {
        List<String> others = settings.members().stream()
                .filter(member -> !begins || !member.equals(settings.host() + ":" + settings.port()))
                .toList();
        List<String> there = others.stream().filter(MembersCheck::answers).toList();
        if (!there.isEmpty()) {
            return Finding.ok(NAME, there.size() + " of " + others.size() + " nodes of cluster.members answer");
        }
        return others.isEmpty() ? alone() : nobody(others);
    }

    private static Finding alone() {
        return Finding.ok(NAME, "cluster.members names this node alone: it begins the cluster");
    }

    private Finding nobody(List<String> others) {
        String seen = "none of " + String.join(", ", others) + " answers";
        return begins
                ? Finding.warn(
                        NAME,
                        seen + ": this node would begin a cluster of its own",
                        "none is needed if it is the first; else check addresses, firewall and whether they run")
                : Finding.fail(NAME, seen, "start an orchestrator, or check addresses and firewall");
    }

    private static boolean answers(String member) {
        return HazelcastHello.answers(host(member), port(member));
    }

    /** Of host:port, or of a host alone. */
    static String host(String member) {
        int colon = member.lastIndexOf(':');
        return colon < 0 ? member : member.substring(0, colon);
    }

    private static int port(String member) {
        String text = member.substring(member.lastIndexOf(':') + 1);
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : DEFAULT_PORT;
    }
}
