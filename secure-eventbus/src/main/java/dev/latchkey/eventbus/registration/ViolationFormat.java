// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import dev.latchkey.eventbus.ViolationKind;
import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Violations within a report: each an array of kind, operation, token id and number. */
final class ViolationFormat {
    private ViolationFormat() {}

    static JsonArray write(List<Violation> violations) {
        JsonArray array = new JsonArray();
        violations.forEach(one -> array.add(new JsonArray()
                .add(one.kind().name())
                .add(one.operation())
                .add(one.token().toString())
                .add(one.sequence())));
        return array;
    }

    /** None for null; throws a RuntimeException for anything that is no list of violations, or is longer than a report may be. */
    static List<Violation> read(@Nullable JsonArray array) {
        List<Violation> violations = new ArrayList<>();
        if (array == null) {
            return violations;
        }
        if (array.size() > Violation.MAX_TOLD) {
            throw new IllegalArgumentException("more violations than a report may tell of");
        }
        array.forEach(element -> violations.add(readOne((JsonArray) element)));
        return violations;
    }

    private static Violation readOne(JsonArray fields) {
        return new Violation(
                ViolationKind.valueOf(fields.getString(0)),
                Objects.requireNonNull(fields.getString(1)),
                TokenId.parse(Objects.requireNonNull(fields.getString(2))),
                fields.getLong(3));
    }
}
