// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the section {@code services}. */
final class ServiceReader {

    private static final List<String> KEYS = List.of("provides", "invokes");

    private final Defaults defaults;

    ServiceReader(Defaults defaults) {
        this.defaults = defaults;
    }

    List<ServiceDraft> readAll(Section file) {
        List<ServiceDraft> drafts = new ArrayList<>();
        file.require("services", "define at least one service under it")
                .ifPresent(all -> all.entries().forEach((name, where) -> drafts.add(read(name, where))));
        return drafts;
    }

    /** Reports every name that is none of an operation's. */
    static void checkReferences(List<ServiceDraft> services, Set<String> operations) {
        services.forEach(service -> {
            service.provides().forEach((name, where) -> checkReference(name, where, operations));
            service.invokes().forEach((name, where) -> checkReference(name, where, operations));
        });
    }

    private ServiceDraft read(String name, Located where) {
        int before = where.problems().count();
        where.check(() -> Names.checkService(name));
        Section section = Section.of(where, KEYS);
        ServiceDraft service = new ServiceDraft(name, where, section.texts("provides"), section.texts("invokes"));
        checkUseful(service, before);
        return service;
    }

    /**
     * A service whose keys are misspelt does nothing for that reason, which has been reported. Where other addresses are
     * observed, a service may be there for that alone.
     */
    private void checkUseful(ServiceDraft service, int problemsBefore) {
        boolean idle = !defaults.observesUnlisted()
                && service.provides().isEmpty()
                && service.invokes().isEmpty();
        if (idle && service.where().problems().count() == problemsBefore) {
            service.where().refuse("the service provides nothing and invokes nothing; let it do either or remove it");
        }
    }

    private static void checkReference(String name, Located where, Set<String> operations) {
        if (!operations.contains(name)) {
            where.refuse("unknown operation " + Quote.of(name) + "; "
                    + Nearest.to(name, operations).orElse("define it under 'operations'"));
        }
    }
}
