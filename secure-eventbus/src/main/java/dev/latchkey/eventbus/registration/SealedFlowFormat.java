// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sealed flows within a registration: each an array of caller, operation and number. */
final class SealedFlowFormat {
    private SealedFlowFormat() {}

    static JsonArray write(List<SealedFlow> flows) {
        JsonArray array = new JsonArray();
        flows.forEach(flow -> array.add(
                new JsonArray().add(flow.caller()).add(flow.operation()).add(flow.messages())));
        return array;
    }

    /** None where there is no list. Throws a RuntimeException for anything that is no list of flows. */
    static List<SealedFlow> read(@Nullable JsonArray array) {
        if (array == null) {
            return List.of();
        }
        if (array.size() > SealedFlow.MOST) {
            throw new IllegalArgumentException("too many flows");
        }
        return array.stream()
                .map(JsonArray.class::cast)
                .map(SealedFlowFormat::readOne)
                .toList();
    }

    private static SealedFlow readOne(JsonArray fields) {
        long messages = fields.getLong(2);
        if (messages < 0) {
            throw new IllegalArgumentException("no flow");
        }
        return new SealedFlow(
                Objects.requireNonNull(fields.getString(0)), Objects.requireNonNull(fields.getString(1)), messages);
    }
}
