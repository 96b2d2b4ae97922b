// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The claims of many operations, found free of disputes: the indexes of an {@link AddressBook}.
 *
 * @param byName every operation, in the order given
 * @param byAddress the operation of every exact address
 * @param patterns the claims with wildcards
 */
record Claims(Map<String, Operation> byName, Map<String, Operation> byAddress, List<Claim> patterns) {

    /** Indexes the operations, or throws an IllegalArgumentException that names two which cannot both be true. */
    static Claims of(Collection<Operation> operations) {
        Claims claims = new Claims(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
        operations.forEach(claims::add);
        claims.checkPatterns();
        return claims;
    }

    private void add(Operation operation) {
        if (byName.putIfAbsent(operation.name(), operation) != null) {
            throw new IllegalArgumentException("two operations are named '" + operation.name() + "'; rename one");
        }
        operation.addresses().forEach(pattern -> add(new Claim(pattern, operation)));
    }

    private void add(Claim claim) {
        if (claim.pattern().isExact()) {
            addExact(claim);
        } else {
            patterns.add(claim);
        }
    }

    private void addExact(Claim claim) {
        String address = claim.pattern().toString();
        Operation before = byAddress.putIfAbsent(address, claim.operation());
        if (before != null) {
            refuseDispute(new Claim(claim.pattern(), before), claim);
        }
    }

    /** Exact addresses cannot dispute each other any more, so only what has wildcards is compared with the rest. */
    private void checkPatterns() {
        for (Claim claim : patterns) {
            patterns.forEach(other -> refuseDispute(other, claim));
            byAddress.forEach((text, owner) -> refuseDispute(new Claim(AddressPattern.parse(text), owner), claim));
        }
    }

    private static void refuseDispute(Claim one, Claim two) {
        if (one.disputes(two)) {
            throw new IllegalArgumentException("operations '" + one.operation().name() + "' and '"
                    + two.operation().name() + "' both claim addresses of '" + one.pattern() + "' and '"
                    + two.pattern() + "'; let every address belong to one operation");
        }
    }
}
