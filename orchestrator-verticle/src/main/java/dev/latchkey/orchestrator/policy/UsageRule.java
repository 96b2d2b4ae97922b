// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that a policy names is of use: an operation has a provider and a caller, a provider has somebody to call
 * it. What nobody uses is nearly always a mistake, and a permission that nobody needs.
 */
final class UsageRule {

    private final List<OperationDraft> operations;
    private final List<ServiceDraft> services;
    private final Set<String> provided;
    private final Set<String> invoked;

    private UsageRule(List<OperationDraft> operations, List<ServiceDraft> services) {
        this.operations = operations;
        this.services = services;
        this.provided = names(services, ServiceDraft::provides);
        this.invoked = names(services, ServiceDraft::invokes);
    }

    static void check(List<OperationDraft> operations, List<ServiceDraft> services) {
        UsageRule rule = new UsageRule(operations, services);
        rule.checkProvided();
        rule.checkCallable();
        rule.checkInvoked();
    }

    private void checkProvided() {
        operations.stream()
                .filter(operation -> !provided.contains(operation.name()))
                .forEach(operation -> operation
                        .where()
                        .refuse("nobody provides this operation; add it to 'provides' of a service or remove it"));
    }

    private void checkCallable() {
        services.stream().filter(this::isUncallable).forEach(UsageRule::refuseUncallable);
    }

    private static void refuseUncallable(ServiceDraft service) {
        service.where()
                .refuse("'" + service.name() + "' is a service that nobody may call: no service invokes "
                        + String.join(", ", service.provides().keySet())
                        + "; add one of them to 'invokes' of a service that may call it, or remove the service");
    }

    /** What an uncallable service provides has been reported with that service. */
    private void checkInvoked() {
        Set<String> reported =
                names(services.stream().filter(this::isUncallable).toList(), ServiceDraft::provides);
        operations.stream()
                .filter(operation -> !invoked.contains(operation.name()) && !reported.contains(operation.name()))
                .forEach(operation -> operation
                        .where()
                        .refuse("nobody invokes this operation; add it to 'invokes' of a service or remove it"));
    }

    private boolean isUncallable(ServiceDraft service) {
        Set<String> provides = service.provides().keySet();
        return !provides.isEmpty() && provides.stream().noneMatch(invoked::contains);
    }

    private static Set<String> names(List<ServiceDraft> services, Function<ServiceDraft, Map<String, Located>> list) {
        return services.stream()
                .flatMap(service -> list.apply(service).keySet().stream())
                .collect(Collectors.toSet());
    }
}
