// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The items of an answer that is a list. */
final class Items {
    static final String NAME = "items";

    private Items() {}

    /** Those that are objects; what is none is not ours to judge. */
    static List<JsonObject> of(JsonObject answer) {
        return of(answer, NAME);
    }

    /** Those of another member. */
    static List<JsonObject> of(JsonObject answer, String member) {
        return answer.getValue(member) instanceof JsonArray array
                ? array.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }
}
