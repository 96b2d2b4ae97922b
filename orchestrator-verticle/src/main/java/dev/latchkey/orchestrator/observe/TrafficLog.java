// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.observe;

import dev.latchkey.eventbus.Observation;
import java.util.List;

/**
 * Takes what instances tell. An instance is believed about its own service and about code on the plain bus around it, and
 * about nobody else. Thread-safe.
 */
public final class TrafficLog {
    private final Traffic traffic;
    private final Runnable whenChanged;

    /** A log that counts into this traffic, and says when it did. */
    public TrafficLog(Traffic traffic, Runnable whenChanged) {
        this.traffic = traffic;
        this.whenChanged = whenChanged;
    }

    /**
     * Counts.
     *
     * @param service the service that the instance proved to be
     * @param observed what it tells
     */
    public void note(String service, List<Observation> observed) {
        List<Observation> believed =
                observed.stream().filter(one -> concerns(service, one)).toList();
        believed.forEach(
                one -> traffic.add(new Passage(one.address(), one.flow(), one.service(), service), one.messages()));
        if (!believed.isEmpty()) {
            whenChanged.run();
        }
    }

    /** True when all of it is about what an instance of this service can know. */
    public static boolean concernsOnly(String service, List<Observation> observed) {
        return observed.stream()
                .allMatch(one -> one.service().isEmpty() || one.service().equals(service));
    }

    private static boolean concerns(String service, Observation one) {
        return one.messages() > 0 && (one.service().isEmpty() || one.service().equals(service));
    }
}
