// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.directory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much of what each orchestrator published has arrived, by the numbers of its updates. Bounded: an orchestrator has a new name at each
 * start, and the one that was heard first is forgotten first. Thread-safe.
 */
public final class Progress {
    /** Publishers that are known at once. */
    public static final int MAX_PUBLISHERS = 64;

    private final Map<String, Numbers> publishers = new LinkedHashMap<>();

    /**
     * @param have all up to this one have arrived
     * @param heard the highest that is known to be there
     */
    private record Numbers(long have, long heard) {
        private Numbers arrived(long number) {
            return new Numbers(number == have + 1 ? number : have, Math.max(heard, number));
        }

        private Numbers known(long number) {
            return new Numbers(have, Math.max(heard, number));
        }

        private Numbers told(long number) {
            return new Numbers(Math.max(have, number), Math.max(heard, number));
        }
    }

    /** An update arrived, with the changes that it was numbered for. */
    public synchronized void arrived(String publisher, long number) {
        keep(publisher, of(publisher).arrived(number));
    }

    /** A publisher says that this was its last number. */
    public synchronized void known(String publisher, long number) {
        keep(publisher, of(publisher).known(number));
    }

    /** Everything up to these numbers came in another way. */
    public synchronized void caughtUp(Map<String, Long> numbers) {
        numbers.forEach((publisher, number) -> keep(publisher, of(publisher).told(number)));
    }

    private Numbers of(String publisher) {
        return publishers.getOrDefault(publisher, new Numbers(0, 0));
    }

    private void keep(String publisher, Numbers numbers) {
        publishers.put(publisher, numbers);
        if (publishers.size() > MAX_PUBLISHERS) {
            publishers.remove(publishers.keySet().iterator().next());
        }
    }

    /** True when something was missed. */
    public synchronized boolean isBehind() {
        return publishers.values().stream().anyMatch(numbers -> numbers.have() < numbers.heard());
    }

    /** By publisher, the number up to which all has arrived. */
    public synchronized Map<String, Long> have() {
        return publishers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().have()));
    }

    /** By publisher, the highest number that is known to be there. */
    public synchronized Map<String, Long> heard() {
        return publishers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().heard()));
    }
}
