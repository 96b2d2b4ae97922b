// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.suggest;

import dev.latchkey.eventbus.policy.AddressBook;
import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.orchestrator.observe.Traffic;
import dev.latchkey.orchestrator.policy.OperationOutline;
import dev.latchkey.orchestrator.policy.PolicyOutline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides what becomes of each address that was observed. */
final class Planner {
    private final PolicyOutline base;
    private final Mode mode;
    private final List<Use> observed;
    private final long overflow;

    private final Map<String, List<Use>> evidence = new LinkedHashMap<>();
    private final List<Use> complete = new ArrayList<>();
    private final List<Use> incomplete = new ArrayList<>();
    private final List<Use> odd = new ArrayList<>();

    private Planner(PolicyOutline base, Traffic traffic, Mode mode) {
        this.base = base;
        this.mode = mode;
        this.observed = List.copyOf(Use.of(traffic));
        this.overflow = traffic.overflow();
    }

    /**
     * A plan that adds to a policy what was observed.
     *
     * @throws IllegalArgumentException if nothing was
     */
    static Plan plan(PolicyOutline base, Traffic traffic, Mode mode) {
        Planner planner = new Planner(base, traffic, mode);
        if (planner.observed.isEmpty()) {
            throw new IllegalArgumentException("no message was observed; set 'defaults.unlisted: observe' or an"
                    + " operation's 'mode: observe' in the policy, let the services work, and try again");
        }
        return planner.plan();
    }

    private Plan plan() {
        sort();
        OperationNames names = new OperationNames(base.operations().keySet());
        Map<String, OperationOutline> operations = new LinkedHashMap<>(base.operations());
        new PatternFinder(observed, takenPatterns())
                .candidates(complete)
                .forEach(candidate ->
                        add(operations, names.of(candidate.pattern().toString()), candidate));
        Rights rights = new Rights(base.services());
        evidence.forEach(rights::allow);
        if (base.observesUnlisted()) {
            observed.forEach(rights::admitAll);
        }
        PolicyOutline policy =
                new PolicyOutline(base.trustDomain(), base.defaults(), base.breach(), operations, rights.services());
        return new Plan(policy, mode, observed, evidence, leftOut(names), warnings());
    }

    private void sort() {
        AddressBook book = base.addressBook();
        for (Use use : observed) {
            Operation operation = book.operationAt(use.address());
            if (operation == null) {
                listOf(use).add(use);
            } else {
                evidence.computeIfAbsent(operation.name(), first -> new ArrayList<>())
                        .add(use);
            }
        }
    }

    private List<Use> listOf(Use use) {
        if (!isAddress(use.address())) {
            return odd;
        }
        return use.isComplete() ? complete : incomplete;
    }

    /** Vert.x takes any text for an address, a policy does not; an asterisk in one must not become a wildcard. */
    private static boolean isAddress(String text) {
        try {
            return AddressPattern.parse(text).isExact();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private List<AddressPattern> takenPatterns() {
        return base.addressBook().operations().stream()
                .flatMap(operation -> operation.addresses().stream())
                .toList();
    }

    private void add(Map<String, OperationOutline> operations, String name, Candidate candidate) {
        operations.put(name, OperationOutline.of(candidate.pattern().toString(), mode.toString()));
        evidence.put(name, candidate.uses());
    }

    private Map<String, Candidate> leftOut(OperationNames names) {
        Map<String, Candidate> leftOut = new LinkedHashMap<>();
        incomplete.stream()
                .sorted(Comparator.comparing(Use::address))
                .forEach(use -> leftOut.put(names.of(use.address()), Candidate.of(use)));
        return leftOut;
    }

    private List<String> warnings() {
        Warnings warnings = new Warnings();
        observed.forEach(warnings::aboutPlainBus);
        incomplete.forEach(warnings::aboutUnknownParty);
        odd.forEach(warnings::aboutOddAddress);
        warnings.aboutOverflow(overflow);
        return warnings.all();
    }
}
