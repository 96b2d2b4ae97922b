// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.suggest;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** What a policy cannot settle by itself, in lines for the operator. */
final class Warnings {
    private final List<String> lines = new ArrayList<>();

    /** Code without a service cannot be allowed anything. */
    void aboutPlainBus(Use use) {
        aboutPlainBus(use, use.senders().plain(), "sent ");
        aboutPlainBus(use, use.receivers().plain(), "received ");
    }

    private void aboutPlainBus(Use use, SortedMap<String, Long> plain, String verb) {
        plain.forEach((jvm, messages) -> add("'" + use.address() + "': code on the plain bus in the JVM of " + jvm + " "
                + verb + messages + "; let it use a secure bus before this address becomes strict"));
    }

    /** An operation needs somebody on either side. */
    void aboutUnknownParty(Use use) {
        if (!use.receivers().areKnown()) {
            add("'" + use.address() + "': no service received what was sent there; left out until one provides it");
        }
        if (!use.senders().areKnown()) {
            add("'" + use.address() + "': no service sent what was received there; left out until one invokes it");
        }
    }

    /** Not every text that Vert.x takes for an address is one in a policy. */
    void aboutOddAddress(Use use) {
        add("'" + use.address() + "': no policy can name this address; left out, choose another in the code");
    }

    /** A count that lacks some. */
    void aboutOverflow(long messages) {
        if (messages > 0) {
            add(messages
                    + " messages at further addresses did not fit into the observations, so that some may be missing"
                    + " here; enforce what is right, begin a new file of observations, and suggest again by --policy");
        }
    }

    private void add(String line) {
        lines.add(YamlText.visible(line));
    }

    /** All lines. */
    List<String> all() {
        return List.copyOf(lines);
    }
}
