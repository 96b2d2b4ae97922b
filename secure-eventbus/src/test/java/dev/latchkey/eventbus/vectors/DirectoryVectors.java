// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.vectors;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A change of a directory and a question for all of it, by the formulas of the page, with given salts. */
final class DirectoryVectors {
    static final byte[] KEY = Bytes.counting(0x70, 32);
    static final int EPOCH = 3;
    static final long ASKED_AT = 1_800_000_000_000L;
    private static final byte[] SALT_OF_UPDATE = Bytes.counting(0xb0, 32);
    private static final byte[] SALT_OF_QUESTION = Bytes.counting(0x90, 32);

    private DirectoryVectors() {}

    private static JsonObject update() {
        return new JsonObject()
                .put("from", "00112233445566ff")
                .put("number", 2)
                .put("sentAt", ASKED_AT)
                .put(
                        "nodes",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("id", "node-1")
                                        .put("host", "10.0.0.1")
                                        .put("port", 5801)))
                .put(
                        "entries",
                        new JsonArray()
                                .add(new JsonArray()
                                        .add("0123456789abcdef")
                                        .add(ASKED_AT + 300_000)
                                        .add("image")
                                        .add(0))
                                .add(new JsonArray().add("fedcba9876543210").add(ASKED_AT + 70_000)));
    }

    static byte[] signed(byte[] body) {
        return Buffer.buffer("latchkey/1 directory")
                .appendUnsignedShort(TokenVectors.DOMAIN.length())
                .appendString(TokenVectors.DOMAIN)
                .appendUnsignedShort(KeyVectors.OPERATION.length())
                .appendString(KeyVectors.OPERATION)
                .appendBytes(body)
                .getBytes();
    }

    private static byte[] aad() {
        return Buffer.buffer()
                .appendByte((byte) 1)
                .appendLong(EPOCH)
                .appendString(KeyVectors.OPERATION)
                .getBytes();
    }

    private static byte[] framed(byte[] sealed) {
        return Buffer.buffer()
                .appendByte((byte) 1)
                .appendLong(EPOCH)
                .appendBytes(sealed)
                .getBytes();
    }

    static JsonObject make() {
        byte[] body = update().toBuffer().getBytes();
        byte[] plain = Buffer.buffer(TokenVectors.signingKey().sign(signed(body)))
                .appendBytes(body)
                .getBytes();
        byte[] askedAt = Buffer.buffer().appendLong(ASKED_AT).getBytes();
        return new JsonObject()
                .put("operation", KeyVectors.OPERATION)
                .put("epoch", EPOCH)
                .put("key", Bytes.hex(KEY))
                .put("updateJson", update())
                .put("updatePlain", Bytes.hex(plain))
                .put("aad", Bytes.hex(aad()))
                .put("update", Bytes.hex(framed(Bytes.box(KEY, "directory", SALT_OF_UPDATE, aad(), plain))))
                .put(
                        "question",
                        Bytes.hex(framed(Bytes.box(KEY, "directory question", SALT_OF_QUESTION, aad(), askedAt))));
    }
}
