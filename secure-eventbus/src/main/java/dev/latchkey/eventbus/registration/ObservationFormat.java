// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.policy.AddressPattern;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Observations within a registration: each an array of address, flow, service and number. */
final class ObservationFormat {
    private ObservationFormat() {}

    static JsonArray write(List<Observation> observed) {
        JsonArray array = new JsonArray();
        observed.forEach(one -> array.add(new JsonArray()
                .add(one.address())
                .add(one.flow().name())
                .add(one.service())
                .add(one.messages())));
        return array;
    }

    /** Throws a RuntimeException for anything that is no list of observations. */
    static List<Observation> read(JsonArray array) {
        List<Observation> observed = new ArrayList<>();
        for (Object element : array) {
            observed.add(readOne((JsonArray) element));
        }
        return observed;
    }

    private static Observation readOne(JsonArray fields) {
        String address = Objects.requireNonNull(fields.getString(0));
        long messages = fields.getLong(3);
        if (messages < 0 || address.length() > AddressPattern.MAX_LENGTH) {
            throw new IllegalArgumentException("no observation");
        }
        return new Observation(
                address, Flow.valueOf(fields.getString(1)), Objects.requireNonNull(fields.getString(2)), messages);
    }
}
