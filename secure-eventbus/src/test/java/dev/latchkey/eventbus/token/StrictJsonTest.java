// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.core.json.JsonObject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    private static void assertRefused(byte[] json) {
        assertThatExceptionOfType(JwtException.class).isThrownBy(() -> StrictJson.object(json));
    }

    @Test
    void object_inUtf8_isRead() throws JwtException {
        byte[] json = "{\"a\":\"\u00e9\",\"b\":{\"a\":1}}".getBytes(StandardCharsets.UTF_8);
        assertThat(StrictJson.object(json))
                .isEqualTo(new JsonObject().put("a", "\u00e9").put("b", new JsonObject().put("a", 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "\"x\"",
                "{",
                "{}{}",
                "{} x",
                "{\"a\":1,\"a\":1}",
                "{\"b\":{\"a\":1,\"a\":2}}",
                "{\"a\":1,\"\\u0061\":2}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":NaN}",
                "{\"a\":1,}",
                "\ufeff{}"
            })
    void object_thatTwoReadersCouldReadDifferently_isRefused(String json) {
        assertRefused(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32BE", "ISO-8859-1"})
    void object_inAnotherCharset_isRefused(String charset) {
        assertRefused("{\"a\":\"\u00e9\"}".getBytes(Charset.forName(charset)));
    }

    @Test
    void object_tooDeep_isRefused() {
        assertRefused(("{\"a\":" + "[".repeat(17) + "]".repeat(17) + "}").getBytes(StandardCharsets.UTF_8));
    }
}
