// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.vectors;

import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.ContentFormat;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.eventbus.impl.CodecManager;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is sealed in frames. */
final class ContentVectors {
    private static final MultiMap HEADERS = MultiMap.caseInsensitiveMultiMap()
            .add("action", "resize")
            .add("tag", "a")
            .add("tag", "\u00e9");

    private ContentVectors() {}

    static Map<String, Content> contents() {
        Map<String, Content> all = new LinkedHashMap<>();
        all.put("string", content(CodecManager.STRING_MESSAGE_CODEC, "hello"));
        all.put("string, not ASCII", content(CodecManager.STRING_MESSAGE_CODEC, "\u00e9\ud83d\ude80"));
        all.put("null", content(CodecManager.NULL_MESSAGE_CODEC, null));
        all.put("byte -2", content(CodecManager.BYTE_MESSAGE_CODEC, (byte) -2));
        all.put("boolean true", content(CodecManager.BOOLEAN_MESSAGE_CODEC, true));
        all.put("boolean false", content(CodecManager.BOOLEAN_MESSAGE_CODEC, false));
        all.put("short -2", content(CodecManager.SHORT_MESSAGE_CODEC, (short) -2));
        all.put("int 258", content(CodecManager.INT_MESSAGE_CODEC, 258));
        all.put("long -2", content(CodecManager.LONG_MESSAGE_CODEC, -2L));
        all.put("float 1.5", content(CodecManager.FLOAT_MESSAGE_CODEC, 1.5f));
        all.put("double 1.5", content(CodecManager.DOUBLE_MESSAGE_CODEC, 1.5));
        all.put("char c", content(CodecManager.CHAR_MESSAGE_CODEC, 'c'));
        all.put("buffer 010203", content(CodecManager.BUFFER_MESSAGE_CODEC, Buffer.buffer(new byte[] {1, 2, 3})));
        all.put("bytes 010203", content(CodecManager.BYTE_ARRAY_MESSAGE_CODEC, new byte[] {1, 2, 3}));
        all.put(
                "JSON array",
                content(
                        CodecManager.JSON_ARRAY_MESSAGE_CODEC,
                        new JsonArray().add(1).addNull()));
        all.put("JSON object, headers", Content.of(CodecManager.JSON_OBJECT_MESSAGE_CODEC, json(), HEADERS));
        all.put(
                "string, patience of 60000 ms",
                content(CodecManager.STRING_MESSAGE_CODEC, "hi").withPatience(60_000));
        all.put("null, headers, patience of 60000 ms", patient());
        all.put("failure 42", content(CodecManager.REPLY_EXCEPTION_MESSAGE_CODEC, failure(42, "no")));
        all.put("failure -1 without text", content(CodecManager.REPLY_EXCEPTION_MESSAGE_CODEC, failure(-1, null)));
        return all;
    }

    private static Content content(MessageCodec<?, ?> codec, @Nullable Object body) {
        return Content.of(codec, body, null);
    }

    private static Content patient() {
        return Content.of(CodecManager.NULL_MESSAGE_CODEC, null, HEADERS).withPatience(60_000);
    }

    private static JsonObject json() {
        return new JsonObject().put("width", 640);
    }

    private static ReplyException failure(int code, @Nullable String text) {
        return new ReplyException(ReplyFailure.RECIPIENT_FAILURE, code, text);
    }

    static byte[] bytes(String name) {
        Content content = contents().get(name);
        if (content == null) {
            throw new IllegalArgumentException(name);
        }
        return ContentFormat.write(content);
    }

    static JsonObject make() {
        JsonObject all = new JsonObject();
        contents().keySet().forEach(name -> all.put(name, Bytes.hex(bytes(name))));
        return all;
    }
}
