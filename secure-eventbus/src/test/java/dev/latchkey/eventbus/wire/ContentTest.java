// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.impl.CodecManager;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ContentTest {
    @Test
    void of_headersChangedLater_keepsItsOwn() {
        MultiMap headers = ContentFormatTest.headers("a", "1");
        Content content = Content.of(CodecManager.STRING_MESSAGE_CODEC, "x", headers);
        headers.add("b", "2").set("a", "changed");
        MultiMap kept = requireNonNull(content.headers());
        assertThat(kept.get("a")).isEqualTo("1");
        assertThat(kept.contains("b")).isFalse();
    }

    @Test
    void of_noOrEmptyHeaders_hasNone() {
        MultiMap empty = MultiMap.caseInsensitiveMultiMap();
        assertThat(Content.of(CodecManager.STRING_MESSAGE_CODEC, "x", empty).headers())
                .isNull();
        assertThat(Content.of(CodecManager.STRING_MESSAGE_CODEC, "x", null).headers())
                .isNull();
    }

    @Test
    void withHeaders_noHeaders_hasSomeToFill() {
        Content content =
                Content.of(CodecManager.STRING_MESSAGE_CODEC, "x", null).withHeaders();
        requireNonNull(content.headers()).add("a", "1");
        assertThat(content.body()).isEqualTo("x");
        assertThat(requireNonNull(content.headers()).get("a")).isEqualTo("1");
    }

    @Test
    void withHeaders_someHeaders_isTheSame() {
        Content content = Content.of(CodecManager.STRING_MESSAGE_CODEC, "x", ContentFormatTest.headers("a", "1"));
        assertThat(content.withHeaders()).isSameAs(content);
    }

    @Test
    void transformed_mutableBody_isACopy() {
        JsonObject body = new JsonObject().put("a", 1);
        MultiMap headers = ContentFormatTest.headers("a", "1");
        Content content = Content.of(CodecManager.JSON_OBJECT_MESSAGE_CODEC, body, headers);
        Content copy = content.transformed();
        assertThat(copy.body()).isEqualTo(body).isNotSameAs(body);
        assertThat(copy.headers()).isNotSameAs(content.headers());
        assertThat(requireNonNull(copy.headers()).get("a")).isEqualTo("1");
    }

    @Test
    void transformed_nullBody_isNull() {
        assertThat(Content.of(CodecManager.NULL_MESSAGE_CODEC, null, null)
                        .transformed()
                        .body())
                .isNull();
    }

    @Test
    void toString_anyContent_namesTheCodecOnly() {
        MultiMap headers = ContentFormatTest.headers("secret", "value");
        Content content = Content.of(CodecManager.STRING_MESSAGE_CODEC, "hidden", headers);
        assertThat(content).hasToString("Content[string]");
    }
}
