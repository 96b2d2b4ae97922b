// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Nearest;
import dev.latchkey.eventbus.policy.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Explains one policy to one service. */
final class Explainer {
    private final Policy policy;
    private final String service;
    private final List<PolicyReason> why = new ArrayList<>();

    Explainer(Policy policy, String service) {
        this.policy = policy;
        this.service = service;
    }

    PolicyExplanation explain(String asked) {
        if (!policy.services().containsKey(service)) {
            return denied(
                    "services", unknown("service", service, policy.services().keySet()));
        }
        if (policy.operations().containsKey(asked)) {
            return operation(asked);
        }
        Operation owner = policy.addressBook().operationAt(asked);
        return owner == null ? nobodys(asked) : address(asked, owner);
    }

    private PolicyExplanation address(String address, Operation owner) {
        reason("operations." + owner.name() + ".addresses", address + " belongs to the operation " + owner.name());
        return operation(owner.name());
    }

    private PolicyExplanation operation(String operation) {
        boolean invokes = policy.mayInvoke(service, operation);
        boolean provides = policy.mayProvide(service, operation);
        permission("invoke", "invokes", operation, invokes);
        permission("provide", "provides", operation, provides);
        if (!invokes && !provides) {
            return denied(operation);
        }
        OperationPolicy rules = Objects.requireNonNull(policy.operations().get(operation), operation);
        addresses(rules);
        lifetimes(rules);
        return new PolicyExplanation(true, verdict(operation, invokes, provides), why);
    }

    private void permission(String verb, String list, String operation, boolean may) {
        reason(
                "services." + service + "." + list,
                (may ? "names " : "does not name ") + operation + ": " + service + (may ? " may " : " may not ") + verb
                        + " it");
    }

    private String verdict(String operation, boolean invokes, boolean provides) {
        String may = invokes && provides ? "invoke and provide" : invokes ? "invoke" : "provide";
        return service + " may " + may + " " + operation;
    }

    private PolicyExplanation denied(String operation) {
        parties("invoke", Parties.callers(policy, operation));
        parties("provide", policy.providersOf(operation));
        return denied(
                "",
                service + " may neither invoke nor provide " + operation + " (NOT_INVITED, NOT_A_PROVIDER); add it to"
                        + " services." + service + ".invokes or .provides if it should");
    }

    private void parties(String verb, Collection<String> services) {
        reason("services", String.join(", ", services.stream().sorted().toList()) + " may " + verb + " it");
    }

    private PolicyExplanation denied(String rule, String verdict) {
        if (!rule.isEmpty()) {
            reason(rule, verdict);
        }
        return new PolicyExplanation(false, verdict, why);
    }

    private void addresses(OperationPolicy rules) {
        String key = "operations." + rules.name();
        rules.operation()
                .addresses()
                .forEach(pattern -> reason(
                        key + ".addresses",
                        pattern + ": " + rules.operation().modes().at(pattern.toString())));
        if (!rules.failover().isEmpty()) {
            reason(key + ".failover", "when nobody is there: " + String.join(", ", rules.failover()));
        }
        reason(
                key + ".replay",
                "what arrived is remembered by: " + rules.operation().replay());
    }

    private void lifetimes(OperationPolicy rules) {
        String key = "operations." + rules.name();
        reason(key + ".tokenLifetime", "a token lives " + Change.text(rules.tokenLifetime()));
        reason(key + ".rotationInterval", "a provider key is active for " + Change.text(rules.rotationInterval()));
        if (!rules.outageGrace().isZero()) {
            reason(key + ".outageGrace", "and in an outage " + Change.text(rules.outageGrace()) + " more");
        }
    }

    /** What looks like a name of an operation is more likely a misspelt one than an address. */
    private PolicyExplanation nobodys(String asked) {
        Set<String> names = policy.operations().keySet();
        if (!asked.contains(".") || Nearest.to(asked, names).isPresent()) {
            return denied("operations", unknown("operation", asked, names));
        }
        Mode mode = policy.addressBook().modeAt(asked);
        reason("defaults.unlisted", asked + " belongs to no operation: " + mode);
        return new PolicyExplanation(
                true, asked + " is not secured: " + service + " and anybody else may send to it and read it", why);
    }

    private static String unknown(String kind, String name, Collection<String> known) {
        return "policy knows no " + kind + " " + Quote.of(name) + "; "
                + Nearest.to(name, known).orElse("it knows " + String.join(", ", known));
    }

    private void reason(String rule, String text) {
        why.add(new PolicyReason(rule, text));
    }
}
