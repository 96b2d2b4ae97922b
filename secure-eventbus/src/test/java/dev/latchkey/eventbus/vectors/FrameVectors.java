// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.vectors;

import dev.latchkey.eventbus.crypto.ReplySide;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.FrameWriter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sealed messages. */
final class FrameVectors {
    private static final long SENT_AT = 1_800_000_000_123L;
    private static final String ADDRESS = "image.process";
    private static final String REPLY_ADDRESS = "__vertx.reply.3f1c";
    private static final int HEADER_LENGTH = 34;
    private static final byte[] NO_TOKEN = {};

    private FrameVectors() {}

    static JsonObject make() {
        return new JsonObject()
                .put("request", request(258, NO_TOKEN, new Envelope(ADDRESS, REPLY_ADDRESS, true), "string"))
                .put("requestWithToken", request(0, token(), new Envelope(ADDRESS, null, true), "null"))
                .put(
                        "publish",
                        request(1, NO_TOKEN, new Envelope("image.batch.7", null, false), "JSON object, headers"))
                .put("replyOfProvider", reply(ReplySide.PROVIDER, new Envelope(REPLY_ADDRESS, null, true), "string"))
                .put(
                        "failureOfProvider",
                        reply(ReplySide.PROVIDER, new Envelope(REPLY_ADDRESS, null, true), "failure 42"))
                .put("replyOfCaller", reply(ReplySide.CALLER, new Envelope("__vertx.reply.77aa", null, true), "null"))
                .put("noFrames", noFrames());
    }

    private static byte[] token() {
        return Bytes.text(TokenVectors.compact());
    }

    private static JsonObject request(int sequence, byte[] token, Envelope envelope, String content) {
        SecretBytes key = KeyVectors.keys().requestKey();
        byte[] id = new byte[16];
        TokenVectors.grant().id().write(id, 0);
        byte[] plain = ContentVectors.bytes(content);
        byte[] frame = FrameWriter.request(counted(key, sequence), id, token, SENT_AT, envelope, plain);
        return describe(key, envelope, content, frame);
    }

    private static JsonObject reply(ReplySide side, Envelope envelope, String content) {
        SecretBytes key = KeyVectors.keys().replyKey(side, KeyVectors.REPLY_SALT);
        byte[] plain = ContentVectors.bytes(content);
        int sequence = content.startsWith("failure") ? 1 : 0;
        byte[] frame = FrameWriter.reply(counted(key, sequence), KeyVectors.REPLY_SALT, SENT_AT, envelope, plain);
        return describe(key, envelope, content, frame);
    }

    /** A key whose next number is this one. */
    private static SealingKey counted(SecretBytes key, int sequence) {
        SealingKey sealing = new SealingKey(key);
        for (int i = 0; i < sequence; i++) {
            sealing.claim();
        }
        return sealing;
    }

    private static JsonObject describe(SecretBytes key, Envelope envelope, String content, byte[] frame) {
        return new JsonObject()
                .put("key", Bytes.hex(key))
                .put("address", envelope.address())
                .put("replyAddress", envelope.replyAddress())
                .put("send", envelope.send())
                .put("sequence", ByteBuffer.wrap(frame).getLong(18))
                .put("nonce", "00000000" + Bytes.hex(Arrays.copyOfRange(frame, 18, 26)))
                .put("sentAt", SENT_AT)
                .put("aad", Bytes.hex(aad(frame, envelope)))
                .put("content", content)
                .put("frame", Bytes.hex(frame));
    }

    private static byte[] aad(byte[] frame, Envelope envelope) {
        byte[] to = Bytes.text(envelope.address());
        byte[] back = bytes(envelope.replyAddress());
        return ByteBuffer.allocate(HEADER_LENGTH + 1 + 4 + to.length + 4 + back.length)
                .put(frame, 0, HEADER_LENGTH)
                .put((byte) (envelope.send() ? 0 : 1))
                .putInt(to.length)
                .put(to)
                .putInt(back.length)
                .put(back)
                .array();
    }

    private static byte[] bytes(@Nullable String text) {
        return text == null ? new byte[0] : Bytes.text(text);
    }

    /** Each is a header with one thing wrong, and as many bytes behind it as it says. */
    private static JsonArray noFrames() {
        return new JsonArray()
                .add(bad("version 0", "0000" + "00".repeat(48)))
                .add(bad("version 2", "0200" + "00".repeat(48)))
                .add(bad("unknown flag 4", "0104" + "00".repeat(48)))
                .add(bad("a reply with a token", "0103" + "00".repeat(50)))
                .add(bad("no room for the tag", "0100" + "00".repeat(47)))
                .add(bad("no room for the tag behind the token", "0102" + "00".repeat(32) + "0001" + "00".repeat(16)))
                .add(bad("nothing", ""));
    }

    private static JsonObject bad(String why, String frame) {
        return new JsonObject().put("why", why).put("frame", frame);
    }
}
