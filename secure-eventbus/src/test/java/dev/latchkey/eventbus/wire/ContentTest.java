// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
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

    @Test
    void standingFor_anotherMessage_isTheSameContentThatNamesIt() {
        SentName first = new SentName(new TokenId(1, 2), 3);
        Content content = Content.of(CodecManager.STRING_MESSAGE_CODEC, "x", ContentFormatTest.headers("a", "1"))
                .withPatience(7);
        Content again = content.standingFor(first);
        assertThat(again.first()).isEqualTo(first);
        assertThat(again.body()).isEqualTo("x");
        assertThat(again.headers()).isSameAs(content.headers());
        assertThat(again.patience()).isEqualTo(7);
        assertThat(again.standingFor(first)).isSameAs(again);
        assertThat(content.standingFor(null)).isSameAs(content);
    }

    /** Each message of a request has headers of its own, which interceptors may add to. */
    @Test
    void copied_withHeaders_sharesNoneOfThem() {
        SentName first = new SentName(new TokenId(1, 2), 3);
        Content content = Content.of(CodecManager.STRING_MESSAGE_CODEC, "x", ContentFormatTest.headers("a", "1"))
                .standingFor(first);
        Content copy = content.copied();
        requireNonNull(copy.headers()).set("a", "2");
        assertThat(requireNonNull(content.headers()).get("a")).isEqualTo("1");
        assertThat(copy.first()).isEqualTo(first);
        assertThat(Content.of(CodecManager.STRING_MESSAGE_CODEC, "x", null).copied())
                .extracting(Content::body, Content::headers)
                .containsExactly("x", null);
    }

    @Test
    void writeTo_aBuffer_appendsWhatTheFormatWrites() {
        Content content = Content.of(CodecManager.STRING_MESSAGE_CODEC, "x", null);
        Buffer out = Buffer.buffer("before");
        content.writeTo(out);
        assertThat(out).isEqualTo(Buffer.buffer("before").appendBytes(ContentFormat.write(content)));
    }
}
