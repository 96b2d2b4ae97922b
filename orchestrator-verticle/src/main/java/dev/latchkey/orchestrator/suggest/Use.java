// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.suggest;

import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.policy.AddressBook;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.orchestrator.observe.Passage;
import dev.latchkey.orchestrator.observe.Traffic;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was observed at one address.
 *
 * @param address where
 * @param senders who sent
 * @param receivers who received
 */
record Use(String address, Parties senders, Parties receivers) {
    /** Calls every address off that belongs to Vert.x or to Latchkey. */
    private static final AddressBook UNRESERVED = AddressBook.of(List.of(), Mode.OBSERVE);

    /** The uses of all addresses that a policy may name, in the order of the addresses. */
    static Collection<Use> of(Traffic traffic) {
        SortedMap<String, Use> uses = new TreeMap<>();
        traffic.messages().entrySet().stream()
                .filter(entry -> UNRESERVED.modeAt(entry.getKey().address()).counts())
                .forEach(entry -> add(uses, entry));
        return uses.values();
    }

    private static void add(Map<String, Use> uses, Map.Entry<Passage, Long> entry) {
        Passage passage = entry.getKey();
        Use use = uses.computeIfAbsent(passage.address(), address -> new Use(address, new Parties(), new Parties()));
        (passage.flow() == Flow.SENT ? use.senders : use.receivers).add(passage, entry.getValue());
    }

    /** True when a policy can name who invokes and who provides. */
    boolean isComplete() {
        return senders.areKnown() && receivers.areKnown();
    }

    /** The sum of uses, at all of their addresses. */
    static Use sum(String addresses, Collection<Use> uses) {
        Use sum = new Use(addresses, new Parties(), new Parties());
        uses.forEach(use -> {
            sum.senders.addAll(use.senders);
            sum.receivers.addAll(use.receivers);
        });
        return sum;
    }
}
