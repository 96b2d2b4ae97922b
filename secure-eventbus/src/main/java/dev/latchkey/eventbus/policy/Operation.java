// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A named capability and the addresses that it is reached at.
 *
 * @param name such as {@code process_image}: a lower-case letter, then up to 62 lower-case letters, digits or
 *     underscores
 * @param addresses one or more patterns, in the order of the policy
 * @param modes how far policy is enforced at them
 * @param replay who remembers what arrived at them
 * @param idempotent whether a request that runs twice does what it does when it runs once
 */
public record Operation(
        String name, List<AddressPattern> addresses, Modes modes, ReplayScope replay, boolean idempotent) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final String NAME_FIELD = "name";
    private static final String ADDRESSES_FIELD = "addresses";
    private static final String REPLAY_FIELD = "replay";
    private static final String IDEMPOTENT_FIELD = "idempotent";

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if the name is none or there is no address; its message is
     *     {@code <problem>; <fix>}
     */
    public Operation {
        checkName(name);
        name = name.intern();
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("operation '" + name + "' has no address; give it at least one");
        }
    }

    /** An operation whose requests must not run twice. */
    public Operation(String name, List<AddressPattern> addresses, Modes modes, ReplayScope replay) {
        this(name, addresses, modes, replay, false);
    }

    /** An operation where each JVM remembers what arrived. */
    public Operation(String name, List<AddressPattern> addresses, Modes modes) {
        this(name, addresses, modes, ReplayScope.NODE);
    }

    /** An operation whose every address is strict, and each JVM remembers what arrived there. */
    public Operation(String name, List<AddressPattern> addresses) {
        this(name, addresses, Modes.STRICT, ReplayScope.NODE);
    }

    /**
     * Refuses what is no name of an operation.
     *
     * @param name the text to check
     * @throws IllegalArgumentException if it is none; its message is {@code <problem>; <fix>}
     */
    public static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "this is no name of an operation; begin with a lower-case letter, then use"
                            + " up to 62 of a-z, 0-9 and '_'");
        }
    }

    /**
     * Says whether an address belongs to this operation.
     *
     * @param address an event-bus address
     * @return true if any of the patterns matches it
     */
    public boolean covers(String address) {
        for (AddressPattern pattern : addresses) {
            if (pattern.matches(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes this operation.
     *
     * @return an object with the fields {@code name}, {@code addresses}, {@code mode}, {@code modes} and {@code replay}, and with
     *     {@code idempotent} if it is
     */
    public JsonObject toJson() {
        JsonArray texts = new JsonArray();
        addresses.forEach(pattern -> texts.add(pattern.toString()));
        JsonObject json = new JsonObject().put(NAME_FIELD, name).put(ADDRESSES_FIELD, texts);
        modes.writeTo(json);
        json.put(REPLAY_FIELD, replay.toString());
        return idempotent ? json.put(IDEMPOTENT_FIELD, true) : json;
    }

    /**
     * Reads what {@link #toJson} wrote; fields that it does not know are ignored.
     *
     * @param json an object with the fields {@code name} and {@code addresses}
     * @return the operation
     * @throws IllegalArgumentException if a field is missing, of a wrong type or malformed
     */
    public static Operation fromJson(JsonObject json) {
        if (!(json.getValue(ADDRESSES_FIELD) instanceof JsonArray texts)) {
            throw new IllegalArgumentException("field 'addresses' is no array; write an array of strings");
        }
        List<AddressPattern> patterns = texts.stream()
                .map(value -> AddressPattern.parse(string(ADDRESSES_FIELD, value)))
                .toList();
        ReplayScope replay =
                ReplayScope.named(string(REPLAY_FIELD, json.getValue(REPLAY_FIELD, ReplayScope.NODE.toString())));
        return new Operation(
                string(NAME_FIELD, json.getValue(NAME_FIELD)),
                patterns,
                Modes.readFrom(json),
                replay,
                flag(IDEMPOTENT_FIELD, json.getValue(IDEMPOTENT_FIELD, false)));
    }

    private static boolean flag(String field, @Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new IllegalArgumentException("field '" + field + "' is neither true nor false; write one of them");
    }

    private static String string(String field, @Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("field '" + field + "' is no string; write one");
    }
}
