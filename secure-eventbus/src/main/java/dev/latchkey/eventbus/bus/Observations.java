// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Mode;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts plaintext that passes, by address, direction and service. Bounded: what does not fit is counted as one number.
 * Thread-safe.
 */
final class Observations {
    static final int MAX_COUNTERS = 4096;

    /** What the fields of an observation take in JSON, without the address. */
    private static final int FIELDS_BYTES = 128;

    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.observations");

    private final Map<Key, Counter> counters = new ConcurrentHashMap<>();
    private final AtomicLong overflow = new AtomicLong();

    /** What is counted apart. */
    private record Key(String address, Flow flow, String service) {
        /** In JSON, where a character takes up to six bytes. */
        int mostBytes() {
            return FIELDS_BYTES + 6 * address.length();
        }
    }

    /** All messages, and those of them that an orchestrator has been told of. */
    private static final class Counter {
        private final AtomicLong all = new AtomicLong();
        private final AtomicLong told = new AtomicLong();

        private long untold() {
            return all.get() - told.get();
        }
    }

    /** Counts one message. Where mode is permissive, the first is logged, then each time that their number doubles. */
    void note(String address, Flow flow, String service, Mode mode) {
        Key key = new Key(address, flow, service);
        Counter counter = counter(key);
        if (counter == null) {
            noteOverflow();
            return;
        }
        long total = counter.all.incrementAndGet();
        if (mode == Mode.PERMISSIVE && Long.bitCount(total) == 1) {
            log(key, total);
        }
    }

    private void noteOverflow() {
        long total = overflow.incrementAndGet();
        if (Long.bitCount(total) == 1) {
            LOG.warn("more addresses with plaintext than can be counted apart (" + total + " messages so far)");
        }
    }

    private static void log(Key key, long total) {
        LOG.warn("plaintext at '" + LogText.of(key.address()) + "', " + key.flow() + " by "
                + (key.service().isEmpty() ? "code on the plain bus" : key.service()) + " (" + total + " so far)");
    }

    private @Nullable Counter counter(Key key) {
        Counter known = counters.get(key);
        boolean fits = counters.size() < MAX_COUNTERS && key.address().length() <= AddressPattern.MAX_LENGTH;
        return known == null && fits ? counters.computeIfAbsent(key, first -> new Counter()) : known;
    }

    /** All that was counted. */
    List<Observation> snapshot() {
        List<Observation> all = new ArrayList<>();
        counters.forEach((key, counter) -> all.add(observation(key, counter.all.get())));
        return all;
    }

    /** Messages that did not fit. */
    long overflow() {
        return overflow.get();
    }

    /**
     * What no orchestrator was told yet of a service and of code on the plain bus, and is taken as told from now on.
     *
     * @param room how many bytes they may take in a registration
     */
    synchronized List<Observation> take(String service, int room) {
        List<Observation> taken = new ArrayList<>();
        int left = room;
        for (Map.Entry<Key, Counter> entry : leastToldFirst()) {
            Key key = entry.getKey();
            long untold = entry.getValue().untold();
            boolean concerns = key.service().isEmpty() || key.service().equals(service);
            if (concerns && untold > 0 && key.mostBytes() <= left) {
                left -= key.mostBytes();
                entry.getValue().told.addAndGet(untold);
                taken.add(observation(key, untold));
            }
        }
        return taken;
    }

    /** So that busy addresses do not take all the room each time. */
    private List<Map.Entry<Key, Counter>> leastToldFirst() {
        Map<Key, Long> told = new HashMap<>();
        counters.forEach((key, counter) -> told.put(key, counter.told.get()));
        return counters.entrySet().stream()
                .sorted(Comparator.comparing(entry -> told.getOrDefault(entry.getKey(), 0L)))
                .toList();
    }

    /** Takes back that an orchestrator was told. */
    void giveBack(List<Observation> untold) {
        untold.forEach(one -> {
            Counter counter = counters.get(new Key(one.address(), one.flow(), one.service()));
            if (counter != null) {
                counter.told.addAndGet(-one.messages());
            }
        });
    }

    private static Observation observation(Key key, long messages) {
        return new Observation(key.address(), key.flow(), key.service(), messages);
    }
}
