// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.registration.SealedFlow;
import dev.latchkey.eventbus.token.TokenGrant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the sealed messages that were taken in this JVM, by caller and operation, until an orchestrator is told of them. Bounded: callers
 * and operations are those of signed tokens, and more than {@value #MOST} pairs are not counted. Thread-safe.
 */
final class SealedFlows {
    static final int MOST = 4096;

    private final Map<Flow, LongAdder> counts = new ConcurrentHashMap<>();

    /** What is counted apart. */
    private record Flow(String caller, String operation) {}

    /** What counts the messages under a token; for its session to keep. */
    LongAdder counter(TokenGrant grant) {
        Flow flow = new Flow(grant.service(), grant.operation());
        LongAdder known = counts.get(flow);
        if (known != null || counts.size() >= MOST) {
            return known == null ? new LongAdder() : known;
        }
        return counts.computeIfAbsent(flow, first -> new LongAdder());
    }

    /**
     * What no orchestrator was told yet, and is taken as told from now on: the largest counts, as many as one question takes.
     *
     * @param operations those of the instance that tells
     */
    List<SealedFlow> take(Set<String> operations) {
        List<SealedFlow> all = new ArrayList<>();
        counts.forEach((flow, count) -> {
            long messages = operations.contains(flow.operation()) ? count.sum() : 0;
            if (messages > 0) {
                all.add(new SealedFlow(flow.caller(), flow.operation(), messages));
            }
        });
        return all.stream()
                .sorted(Comparator.comparingLong(SealedFlow::messages).reversed())
                .limit(SealedFlow.MOST)
                .map(this::taken)
                .toList();
    }

    private SealedFlow taken(SealedFlow flow) {
        LongAdder count = counts.get(new Flow(flow.caller(), flow.operation()));
        return count == null ? flow : new SealedFlow(flow.caller(), flow.operation(), count.sumThenReset());
    }

    /** Takes back that an orchestrator was told. */
    void giveBack(List<SealedFlow> untold) {
        untold.forEach(flow -> {
            LongAdder count = counts.get(new Flow(flow.caller(), flow.operation()));
            if (count != null) {
                count.add(flow.messages());
            }
        });
    }
}
