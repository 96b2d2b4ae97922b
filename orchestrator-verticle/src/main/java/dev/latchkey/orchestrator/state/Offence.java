// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import io.vertx.core.json.JsonArray;
import java.util.Objects;

/**
 * One violation of somebody.
 *
 * @param operation at which it was told of: the one whose keys it was done with; empty when an orchestrator saw it itself
 * @param name tells it from all others, so that one that is told of many times is one
 * @param at when an orchestrator learned of it, milliseconds since 1970
 */
public record Offence(String operation, String name, long at) {
    /** One that an orchestrator saw itself. */
    public static Offence seen(String name, long at) {
        return new Offence("", name, at);
    }

    /** The same for the same violation, whenever it was told of. */
    String id() {
        return operation + " " + name;
    }

    static Offence earlier(Offence one, Offence other) {
        return one.at <= other.at ? one : other;
    }

    JsonArray toJson() {
        return new JsonArray().add(operation).add(name).add(at);
    }

    static Offence fromJson(JsonArray json) {
        return new Offence(
                Objects.requireNonNull(json.getString(0)), Objects.requireNonNull(json.getString(1)), json.getLong(2));
    }
}
