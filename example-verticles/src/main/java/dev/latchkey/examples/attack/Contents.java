// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** Contents of sealed frames, byte by byte, as docs/protocol.md has them; and some that break its rules. */
final class Contents {
    static final byte STRING = 9;
    static final byte JSON_OBJECT = 13;
    static final byte REPLY_EXCEPTION = 15;
    static final byte CLUSTER_SERIALIZABLE = 16;
    static final byte SERIALIZABLE = 17;
    static final byte USER = -1;

    private static final byte AGAIN = 4;
    private static final int FLAGS_AND_CODEC = 2;

    private Contents() {}

    /** A JSON object with an id, which says to the handler's ledger what it is. */
    static byte[] json(String id) {
        return of(JSON_OBJECT, text(new JsonObject().put("id", id).encode()));
    }

    static byte[] of(byte codec, Buffer body) {
        return Buffer.buffer()
                .appendByte((byte) 0)
                .appendByte(codec)
                .appendBuffer(body)
                .getBytes();
    }

    /** The same JSON in a message that stands for another, which a token and a number name. */
    static byte[] again(String id, TokenId token, long sequence) {
        byte[] name = new byte[TokenId.LENGTH];
        token.write(name, 0);
        byte[] once = json(id);
        return Buffer.buffer()
                .appendByte(AGAIN)
                .appendByte(JSON_OBJECT)
                .appendBytes(name)
                .appendLong(sequence)
                .appendBytes(once, FLAGS_AND_CODEC, once.length - FLAGS_AND_CODEC)
                .getBytes();
    }

    static Buffer text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Buffer.buffer().appendInt(bytes.length).appendBytes(bytes);
    }
}
