// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who is quarantined. Immutable. An instance in it is revoked as well, which is all that other instances need to know; the rest is for
 * orchestrators, which tell it to each other in the list of revocations.
 *
 * @param instances quarantined instances by name
 * @param credentials barred credentials by id, each with the time in milliseconds since 1970 until which nobody registers with it
 */
public record Quarantine(Map<String, Entry> instances, Map<String, Long> credentials) {
    private static final Quarantine NONE = new Quarantine(Map.of(), Map.of());

    /**
     * One instance.
     *
     * @param credential what it registered with; empty when that is not known
     * @param until milliseconds since 1970
     */
    public record Entry(String credential, long until) {}

    /** Copies the maps. */
    public Quarantine {
        instances = Map.copyOf(instances);
        credentials = Map.copyOf(credentials);
    }

    /** Nobody. */
    public static Quarantine none() {
        return NONE;
    }

    /** True when there is nobody in it. */
    public boolean isEmpty() {
        return instances.isEmpty() && credentials.isEmpty();
    }

    /** True when it has an instance or a credential of this name. */
    public boolean contains(String name) {
        return instances.containsKey(name) || credentials.containsKey(name);
    }

    /** Instances and credentials. */
    public int size() {
        return instances.size() + credentials.size();
    }

    /** True when an instance is in it at a time. */
    public boolean holds(String instance, long now) {
        Entry entry = instances.get(instance);
        return entry != null && now < entry.until();
    }

    /** True when nobody may register with a credential at a time. */
    public boolean bars(String credential, long now) {
        Long until = credentials.get(credential);
        return until != null && now < until;
    }

    /** With one more instance and its credential, of which either may be empty; without what has ended. */
    Quarantine with(String instance, String credential, long until, long now) {
        Map<String, Entry> moreInstances = new HashMap<>(alive(now).instances);
        Map<String, Long> moreCredentials = new HashMap<>(alive(now).credentials);
        if (!instance.isEmpty()) {
            moreInstances.put(instance, new Entry(credential, until));
        }
        if (!credential.isEmpty()) {
            moreCredentials.merge(credential, until, Math::max);
        }
        return new Quarantine(moreInstances, moreCredentials);
    }

    /** Without an instance and its credential, or a credential and all instances that registered with it. */
    Quarantine without(String name) {
        Entry entry = instances.get(name);
        String credential = entry == null ? name : entry.credential();
        Map<String, Entry> others = new HashMap<>(instances);
        others.entrySet()
                .removeIf(other -> other.getKey().equals(name)
                        || (!credential.isEmpty()
                                && other.getValue().credential().equals(credential)));
        Map<String, Long> credentialsLeft = new HashMap<>(credentials);
        credentialsLeft.remove(credential);
        return new Quarantine(others, credentialsLeft);
    }

    /** Without what has ended. */
    Quarantine alive(long now) {
        return new Quarantine(
                instances.entrySet().stream()
                        .filter(entry -> now < entry.getValue().until())
                        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)),
                credentials.entrySet().stream()
                        .filter(entry -> now < entry.getValue())
                        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    JsonObject toJson() {
        JsonObject entries = new JsonObject();
        instances.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> entries.put(
                        entry.getKey(),
                        new JsonObject()
                                .put("credential", entry.getValue().credential())
                                .put("until", entry.getValue().until())));
        JsonObject barred = new JsonObject();
        credentials.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> barred.put(entry.getKey(), entry.getValue()));
        return new JsonObject().put("instances", entries).put("credentials", barred);
    }

    /** Nobody for null; throws a RuntimeException for anything that is no quarantine. */
    static Quarantine fromJson(@Nullable JsonObject json) {
        return json == null
                ? NONE
                : new Quarantine(entries(json.getJsonObject("instances")), ends(json.getJsonObject("credentials")));
    }

    private static Map<String, Entry> entries(JsonObject object) {
        Map<String, Entry> entries = new HashMap<>();
        object.fieldNames().forEach(name -> {
            JsonObject entry = object.getJsonObject(name);
            entries.put(name, new Entry(Objects.requireNonNull(entry.getString("credential")), entry.getLong("until")));
        });
        return entries;
    }

    private static Map<String, Long> ends(JsonObject object) {
        Map<String, Long> ends = new HashMap<>();
        object.fieldNames().forEach(name -> ends.put(name, object.getLong(name)));
        return ends;
    }
}
