// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import dev.latchkey.eventbus.token.JwtException;
import dev.latchkey.eventbus.token.StrictJson;
import dev.latchkey.orchestrator.policy.Durations;
import dev.latchkey.orchestrator.policy.Nearest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;

/** A body of JSON whose fields are all known. Nothing sent is an object without fields. */
final class JsonBody {
    private static final Duration MOST = Duration.ofDays(3650);

    private final JsonObject json;

    private JsonBody(JsonObject json) {
        this.json = json;
    }

    static JsonBody of(ApiRequest request, String... known) {
        Buffer body = request.body();
        JsonObject json = body.length() == 0 ? new JsonObject() : parse(body);
        json.fieldNames().forEach(name -> requireKnown(name, List.of(known)));
        return new JsonBody(json);
    }

    private static JsonObject parse(Buffer body) {
        try {
            return StrictJson.object(body.getBytes());
        } catch (JwtException e) {
            throw new ApiException(Problem.BAD_JSON, "the body is " + e.getMessage());
        }
    }

    private static void requireKnown(String name, List<String> known) {
        if (!known.contains(name)) {
            String fix = Nearest.to(name, known)
                    .orElse(known.isEmpty() ? "send none" : "known are " + String.join(", ", known));
            throw new ApiException(Problem.UNKNOWN_FIELD, "the field is not known; " + fix, shortened(name));
        }
    }

    private static String shortened(String name) {
        return name.length() > 64 ? name.substring(0, 64) + "..." : name;
    }

    boolean flag(String name) {
        if (json.getValue(name, false) instanceof Boolean flag) {
            return flag;
        }
        throw new ApiException(Problem.BAD_FIELD, "the value must be true or false", name);
    }

    /** A time as ISO 8601 has it, or as policy does. */
    Duration time(String name) {
        if (!(json.getValue(name) instanceof String text)) {
            throw new ApiException(Problem.BAD_FIELD, "the value must be a time such as 15m or PT15M", name);
        }
        try {
            return checked(text.startsWith("P") ? Duration.parse(text) : Durations.parse(text), name);
        } catch (DateTimeException e) {
            throw new ApiException(
                    Problem.BAD_FIELD, "the value is no time of ISO 8601; write such as PT15M or 15m", name);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new ApiException(Problem.BAD_FIELD, String.valueOf(e.getMessage()), name);
        }
    }

    private static Duration checked(Duration time, String name) {
        if (time.toMillis() < 1 || time.compareTo(MOST) > 0) {
            throw new ApiException(Problem.BAD_FIELD, "the time is out of range; write 1ms to 3650d", name);
        }
        return time;
    }
}
