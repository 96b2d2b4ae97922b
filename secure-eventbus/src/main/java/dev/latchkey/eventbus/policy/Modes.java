// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The modes of an operation's addresses.
 *
 * @param general the mode of every address that is no exception
 * @param exceptions the modes of some addresses or patterns; the first that matches counts
 */
public record Modes(Mode general, Map<AddressPattern, Mode> exceptions) {
    /** Every address is strict. */
    public static final Modes STRICT = new Modes(Mode.STRICT, Map.of());

    private static final String GENERAL = "mode";
    private static final String EXCEPTIONS = "modes";

    /** Copies; the exceptions keep their order. */
    public Modes {
        exceptions = exceptions.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(exceptions));
    }

    /** The mode of an address that belongs to the operation. */
    public Mode at(String address) {
        if (exceptions.isEmpty()) {
            return general;
        }
        for (Map.Entry<AddressPattern, Mode> exception : exceptions.entrySet()) {
            if (exception.getKey().matches(address)) {
                return exception.getValue();
            }
        }
        return general;
    }

    /** Writes the fields {@code mode} and {@code modes} into an object. */
    void writeTo(JsonObject json) {
        JsonObject byPattern = new JsonObject();
        exceptions.forEach((pattern, mode) -> byPattern.put(pattern.toString(), mode.toString()));
        json.put(GENERAL, general.toString()).put(EXCEPTIONS, byPattern);
    }

    /** Reads what {@link #writeTo} wrote; what is missing is strict. */
    static Modes readFrom(JsonObject json) {
        Map<AddressPattern, Mode> exceptions = new LinkedHashMap<>();
        json.getJsonObject(EXCEPTIONS, new JsonObject())
                .forEach(entry ->
                        exceptions.put(AddressPattern.parse(entry.getKey()), Mode.named((String) entry.getValue())));
        return new Modes(Mode.named(json.getString(GENERAL, Mode.STRICT.toString())), exceptions);
    }
}
