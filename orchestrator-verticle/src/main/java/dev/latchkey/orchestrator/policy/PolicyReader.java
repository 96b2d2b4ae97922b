// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads a whole policy: first every section by itself, then what they say about each other. */
final class PolicyReader {

    private static final List<String> KEYS =
            List.of("version", "trustDomain", "defaults", BreachReader.KEY, "operations", "services");
    private static final String VERSION = "1";

    private final Problems problems;
    private final Section file;

    private PolicyReader(Located root) {
        this.problems = root.problems();
        this.file = Section.of(root, KEYS);
    }

    /** The policy, or a PolicyException with every problem. */
    static Policy read(Located root) {
        return new PolicyReader(root).read();
    }

    private Policy read() {
        checkVersion();
        String trustDomain = trustDomain();
        Defaults defaults = Defaults.read(file);
        BreachPolicy breach = BreachReader.read(file);
        int before = problems.count();
        List<OperationDraft> operations = new OperationReader(defaults).readAll(file);
        boolean namesAreKnown = !operations.isEmpty() || problems.count() == before;
        List<ServiceDraft> services = services(defaults, operations, namesAreKnown);
        OverlapRule.check(operations);
        problems.throwIfAny();
        return policy(trustDomain, defaults, operations, services).with(breach);
    }

    private void checkVersion() {
        file.require("version", "add 'version: 1'").ifPresent(where -> where.text()
                .filter(text -> !text.equals(VERSION))
                .ifPresent(text -> where.refuse("version " + Quote.of(text) + " is not known; write 'version: 1'")));
    }

    private String trustDomain() {
        return file.require("trustDomain", "add a line such as 'trustDomain: example.latchkey'")
                .flatMap(where -> where.text(Names::checkTrustDomain))
                .orElse("");
    }

    /** Where the lack of all operations was reported, each of their names would be unknown. */
    private List<ServiceDraft> services(Defaults defaults, List<OperationDraft> operations, boolean namesAreKnown) {
        int before = problems.count();
        List<ServiceDraft> services = new ServiceReader(defaults).readAll(file);
        if (namesAreKnown) {
            ServiceReader.checkReferences(services, names(operations));
            checkUsage(operations, services, before);
        }
        return services;
    }

    /** Asks who uses what only if every service could be read: each misspelt name would be reported twice otherwise. */
    private void checkUsage(List<OperationDraft> operations, List<ServiceDraft> services, int problemsBefore) {
        if (problems.count() == problemsBefore) {
            UsageRule.check(operations, services);
        }
    }

    private static Set<String> names(List<OperationDraft> operations) {
        Set<String> names = new LinkedHashSet<>();
        operations.forEach(operation -> names.add(operation.name()));
        return names;
    }

    private static Policy policy(
            String trustDomain, Defaults defaults, List<OperationDraft> operations, List<ServiceDraft> services) {
        return new Policy(
                trustDomain,
                defaults.leaseDuration(),
                defaults.unlisted(),
                operations.stream().map(OperationDraft::policy).toList(),
                services.stream().map(ServiceDraft::policy).toList());
    }
}
