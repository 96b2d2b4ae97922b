// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Operation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What would change at the addresses of one operation: whether they are its own, and how far policy is enforced at them. */
final class AddressesDiff {
    private final Policy before;
    private final Policy after;
    private final String name;
    private final Change change;

    AddressesDiff(Policy before, Policy after, String name, Change change) {
        this.before = before;
        this.after = after;
        this.name = name;
        this.change = change;
    }

    void compare() {
        Set<String> all = new LinkedHashSet<>(addresses(after));
        all.addAll(addresses(before));
        all.forEach(this::compare);
    }

    /** The patterns, and the addresses among them that have modes of their own. */
    private Set<String> addresses(Policy policy) {
        Operation operation = policy.addressBook().named(name);
        Set<String> all = new LinkedHashSet<>();
        if (operation != null) {
            operation.addresses().forEach(pattern -> all.add(pattern.toString()));
            operation.modes().exceptions().keySet().forEach(pattern -> all.add(pattern.toString()));
        }
        return all;
    }

    private void compare(String address) {
        Operation old = owner(before, address);
        Operation next = owner(after, address);
        if (next != null && isThis(next)) {
            present(address, old, next.modes().at(address));
        } else if (old != null && isThis(old)) {
            gone(address, old.modes().at(address), next);
        }
    }

    private boolean isThis(Operation operation) {
        return operation.name().equals(name);
    }

    private void present(String address, @Nullable Operation old, Mode mode) {
        if (old == null) {
            change.add(
                    mode == Mode.STRICT ? PolicyEffect.TIGHTENS : PolicyEffect.CHANGES,
                    address + " becomes an address of it, " + mode + ": " + meaning(mode));
        } else if (isThis(old)) {
            compareModes(address, old.modes().at(address), mode);
        } else {
            change.add(PolicyEffect.CHANGES, address + " moves here from " + old.name() + ", " + mode);
        }
    }

    private void compareModes(String address, Mode old, Mode next) {
        if (old != next) {
            change.add(
                    PolicyEffect.of(next.compareTo(old) < 0),
                    Change.arrow(address + " mode", old, next) + ": " + meaning(next));
        }
    }

    /** One that moves is told of where it moves to. */
    private void gone(String address, Mode old, @Nullable Operation next) {
        if (next == null) {
            change.add(
                    old.seals() ? PolicyEffect.LOOSENS : PolicyEffect.CHANGES,
                    address + " becomes an address of no operation, " + old + " until now: anybody in the cluster may"
                            + " send to it and read it");
        }
    }

    private static String meaning(Mode mode) {
        return switch (mode) {
            case STRICT -> "plaintext is refused";
            case PERMISSIVE -> "plaintext still passes, and is counted";
            case OBSERVE -> "nothing is sealed, plaintext is counted";
            case OFF -> "nothing is sealed";
        };
    }

    /** Of a pattern that is not listed as it stands, one that covers all of it. */
    private static @Nullable Operation owner(Policy policy, String address) {
        AddressPattern pattern = AddressPattern.parse(address);
        return pattern.isExact()
                ? policy.addressBook().operationAt(address)
                : policy.operations().values().stream()
                        .map(OperationPolicy::operation)
                        .filter(operation -> covers(operation.addresses(), pattern))
                        .findFirst()
                        .orElse(null);
    }

    private static boolean covers(List<AddressPattern> patterns, AddressPattern all) {
        return patterns.stream().anyMatch(pattern -> covers(pattern, all));
    }

    /** A wildcard matches the other's segments as if they were text; only a closing many needs another. */
    private static boolean covers(AddressPattern pattern, AddressPattern all) {
        boolean open = all.toString().endsWith("**");
        return pattern.equals(all)
                || (pattern.matches(all.toString())
                        && (!open || pattern.toString().endsWith("**")));
    }
}
