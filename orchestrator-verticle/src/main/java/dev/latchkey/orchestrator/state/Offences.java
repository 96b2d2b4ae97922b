// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The violations of one instance, or of the bearers of one credential. Immutable; two states of one party merge, so nothing is lost by
 * whose is written last.
 *
 * @param since what is older does not count any more, milliseconds since 1970: it was acted upon
 * @param all each once, oldest first
 */
public record Offences(long since, List<Offence> all) {
    private static final Offences NONE = new Offences(0, List.of());

    /** More operations than one instance is ever accused at; what is told of further ones is not kept. */
    static final int MAX_OPERATIONS = 64;

    /** Copies the list. */
    public Offences {
        all = List.copyOf(all);
    }

    /** No violation. */
    public static Offences none() {
        return NONE;
    }

    /** These and others, each once. */
    Offences merged(Offences other) {
        long later = Math.max(since, other.since);
        Map<String, Offence> both = new HashMap<>();
        Stream.concat(all.stream(), other.all.stream())
                .filter(one -> one.at() >= later)
                .forEach(one -> both.merge(one.id(), one, Offence::earlier));
        return new Offences(
                later,
                both.values().stream()
                        .sorted(Comparator.comparingLong(Offence::at).thenComparing(Offence::id))
                        .toList());
    }

    /** True when this very violation is among them, whenever it was told of. */
    public boolean has(Offence offence) {
        return all.stream().anyMatch(one -> one.id().equals(offence.id()));
    }

    /** True when nothing of it counts from a time on, and nothing of that time is told of any more. */
    boolean isOver(long from) {
        return since < from && all.stream().allMatch(one -> one.at() < from);
    }

    /** Those that are not older than a time, of each operation the newest so many. */
    Offences within(long from, int most) {
        Map<String, Integer> kept = new HashMap<>();
        List<Offence> newest = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            Offence one = all.get(i);
            boolean fits = kept.containsKey(one.operation()) || kept.size() < MAX_OPERATIONS;
            if (one.at() >= from && fits && kept.merge(one.operation(), 1, Integer::sum) <= most) {
                newest.add(0, one);
            }
        }
        return new Offences(since, newest);
    }

    /** None, and what is older than now counts no more. */
    Offences settled(long now) {
        return new Offences(Math.max(since, now + 1), List.of());
    }

    /** The number at one operation; that of those which orchestrators saw themselves for the empty name. */
    public long at(String operation) {
        return all.stream().filter(one -> one.operation().equals(operation)).count();
    }

    /** The operations at which there are so many at least. */
    public Set<String> operationsWith(int count) {
        return all.stream()
                .map(Offence::operation)
                .filter(operation -> !operation.isEmpty() && at(operation) >= count)
                .collect(Collectors.toUnmodifiableSet());
    }

    byte[] toBytes() {
        JsonArray offences = new JsonArray();
        all.forEach(one -> offences.add(one.toJson()));
        return new JsonObject()
                .put("since", since)
                .put("offences", offences)
                .toBuffer()
                .getBytes();
    }

    static Offences fromBytes(byte[] bytes) {
        JsonObject json = new JsonObject(Buffer.buffer(bytes));
        return new Offences(
                json.getLong("since"),
                json.getJsonArray("offences").stream()
                        .map(JsonArray.class::cast)
                        .map(Offence::fromJson)
                        .toList());
    }
}
