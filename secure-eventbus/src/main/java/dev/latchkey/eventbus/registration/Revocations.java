// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that is revoked at a time, whole: who has the newest needs none of those before.
 *
 * <p>Numbers only grow, and are the time of the change in milliseconds or more, so that orchestrators that lost all their
 * state still go on above what instances remember. Immutable.
 *
 * @param number of this state; 0 when nothing was ever revoked
 * @param previous the number before it, by which a receiver sees that it missed one
 * @param instances revoked instances by name, each with the time in milliseconds since 1970 at which its last token has ended
 * @param services revoked services by name, each with the time until which it stays revoked
 * @param floors by operation, the lowest epoch that is still honoured
 * @param quarantine why some of the instances are revoked, and which credentials nobody may register with
 */
public record Revocations(
        long number,
        long previous,
        Map<String, Long> instances,
        Map<String, Long> services,
        Map<String, Long> floors,
        Quarantine quarantine) {

    private static final Revocations NONE = new Revocations(0, 0, Map.of(), Map.of(), Map.of());

    /** Copies the maps. */
    public Revocations {
        instances = Map.copyOf(instances);
        services = Map.copyOf(services);
        floors = Map.copyOf(floors);
    }

    /** A state in which nobody is quarantined. */
    public Revocations(
            long number,
            long previous,
            Map<String, Long> instances,
            Map<String, Long> services,
            Map<String, Long> floors) {
        this(number, previous, instances, services, floors, Quarantine.none());
    }

    /** Nothing was ever revoked. */
    public static Revocations none() {
        return NONE;
    }

    /** The first state of a fresh start: above whatever an earlier start told. */
    public Revocations startedAt(long now) {
        return new Revocations(now, number, instances, services, floors, quarantine);
    }

    /** True when this instance, or its whole service, is revoked at a time. */
    public boolean revokes(String instance, String service, long now) {
        return holds(instances.get(instance), now) || holds(services.get(service), now);
    }

    private static boolean holds(@Nullable Long until, long now) {
        return until != null && now < until;
    }

    /** True when tokens of the epoch are not honoured any more. */
    public boolean isStale(String operation, long epoch) {
        Long floor = floors.get(operation);
        return floor != null && epoch < floor;
    }

    /** The next state: with one more instance, without what has ended. */
    public Revocations withInstance(String instance, long until, long now) {
        return next(Map.of(instance, until), Map.of(), Map.of(), now);
    }

    /** The next state: with one more service, without what has ended. */
    public Revocations withService(String service, long until, long now) {
        return next(Map.of(), Map.of(service, until), Map.of(), now);
    }

    /** The next state: with higher floors, without what has ended. */
    public Revocations withFloors(Map<String, Long> higher, long now) {
        return next(Map.of(), Map.of(), higher, now);
    }

    /**
     * The next state: with one more instance in quarantine, without what has ended.
     *
     * @param credential what it registered with, barred as well; empty when that is not known
     * @param until milliseconds since 1970; the end of its last token at least
     */
    public Revocations withQuarantined(String instance, String credential, long until, long now) {
        return withInstance(instance, until, now).in(quarantine.with(instance, credential, until, now));
    }

    /** The next state: with one more credential that nobody may register with until a time, without what has ended. */
    public Revocations withBarred(String credential, long until, long now) {
        return next(Map.of(), Map.of(), Map.of(), now).in(quarantine.with("", credential, until, now));
    }

    /**
     * The next state: without the quarantine of an instance, its credential, or of both.
     *
     * @param name of an instance or a credential
     */
    public Revocations lifted(String name, long now) {
        Quarantine left = quarantine.without(name);
        Map<String, Long> others = new HashMap<>(instances);
        quarantine.instances().keySet().stream()
                .filter(instance -> !left.instances().containsKey(instance))
                .forEach(others::remove);
        return new Revocations(Math.max(number + 1, now), number, others, services, floors, left);
    }

    private Revocations in(Quarantine changed) {
        return new Revocations(number, previous, instances, services, floors, changed);
    }

    private Revocations next(
            Map<String, Long> moreInstances, Map<String, Long> moreServices, Map<String, Long> higher, long now) {
        return new Revocations(
                Math.max(number + 1, now),
                number,
                with(alive(instances, now), moreInstances),
                with(alive(services, now), moreServices),
                with(floors, higher),
                quarantine.alive(now));
    }

    private static Map<String, Long> alive(Map<String, Long> ends, long now) {
        return ends.entrySet().stream()
                .filter(entry -> now < entry.getValue())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, Long> with(Map<String, Long> before, Map<String, Long> added) {
        Map<String, Long> both = new HashMap<>(before);
        added.forEach((name, value) -> both.merge(name, value, Math::max));
        return both;
    }

    /** This state as JSON, which {@link #fromJson} reads. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("number", number)
                .put("previous", previous)
                .put("instances", object(instances))
                .put("services", object(services))
                .put("floors", object(floors));
        return quarantine.isEmpty() ? json : json.put("quarantine", quarantine.toJson());
    }

    private static JsonObject object(Map<String, Long> values) {
        JsonObject object = new JsonObject();
        values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> object.put(entry.getKey(), entry.getValue()));
        return object;
    }

    /** Throws a RuntimeException for anything that is not such a state. */
    public static Revocations fromJson(JsonObject json) {
        return new Revocations(
                json.getLong("number"),
                json.getLong("previous"),
                values(json.getJsonObject("instances")),
                values(json.getJsonObject("services")),
                values(json.getJsonObject("floors")),
                Quarantine.fromJson(json.getJsonObject("quarantine")));
    }

    private static Map<String, Long> values(JsonObject object) {
        Map<String, Long> values = new HashMap<>();
        object.fieldNames().forEach(name -> values.put(name, object.getLong(name)));
        return values;
    }
}
