// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.suggest;

import dev.latchkey.eventbus.policy.AddressPattern;
import java.util.List;

/** Counts in words. */
final class Evidence {
    private Evidence() {}

    /** Of an address or a pattern, whatever was observed there; empty for nothing. */
    static String ofAddresses(AddressPattern pattern, List<Use> uses) {
        if (uses.isEmpty()) {
            return "";
        }
        String counts = of(Use.sum(pattern.toString(), uses));
        return pattern.isExact() ? counts : counts + addresses(uses);
    }

    private static String addresses(List<Use> uses) {
        String first = uses.get(0).address();
        return uses.size() == 1 ? ", at " + first : ", at " + uses.size() + " addresses such as " + first;
    }

    /** Of one address. */
    static String of(Use use) {
        return "sent " + use.senders().messages() + ", received "
                + use.receivers().messages();
    }
}
