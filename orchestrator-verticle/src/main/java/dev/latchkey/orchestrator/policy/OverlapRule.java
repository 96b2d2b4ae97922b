// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.AddressPattern;
import java.util.List;
import java.util.Optional;

/** An address belongs to one operation at most: with two, nobody could tell which key seals a message to it. */
final class OverlapRule {

    private OverlapRule() {}

    static void check(List<OperationDraft> operations) {
        for (int i = 1; i < operations.size(); i++) {
            OperationDraft later = operations.get(i);
            operations.subList(0, i).forEach(earlier -> check(earlier, later));
        }
    }

    private static void check(OperationDraft earlier, OperationDraft later) {
        later.addresses().forEach((pattern, where) -> firstOverlap(earlier, pattern)
                .ifPresent(other -> where.refuse(
                        "'" + pattern + "' of operation '" + later.name() + "' overlaps '" + other + "' of operation '"
                                + earlier.name() + "'; let every address belong to one operation")));
    }

    private static Optional<AddressPattern> firstOverlap(OperationDraft operation, AddressPattern pattern) {
        return operation.addresses().keySet().stream().filter(pattern::overlaps).findFirst();
    }
}
