// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import dev.latchkey.eventbus.crypto.SecretBytes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * JSON, followed by secrets of 32 bytes each: {@code u32 length || JSON || secret ...}.
 *
 * <p>The secrets stay out of the JSON, because what was once a String cannot be erased.
 */
final class SecretTail {
    private static final int SECRET_LENGTH = 32;

    private SecretTail() {}

    static byte[] write(JsonObject json, List<SecretBytes> secrets) {
        byte[] text = json.toBuffer().getBytes();
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + text.length + secrets.size() * SECRET_LENGTH);
        out.putInt(text.length).put(text);
        secrets.forEach(secret -> append(out, secret));
        return out.array();
    }

    private static void append(ByteBuffer out, SecretBytes secret) {
        byte[] bytes = secret.copy();
        out.put(bytes);
        Arrays.fill(bytes, (byte) 0);
    }

    static JsonObject json(byte[] bytes) {
        int length = ByteBuffer.wrap(bytes).getInt();
        if (length < 0 || length > bytes.length - Integer.BYTES) {
            throw new IllegalArgumentException("the length does not fit");
        }
        return new JsonObject(Buffer.buffer(Arrays.copyOfRange(bytes, Integer.BYTES, Integer.BYTES + length)));
    }

    static List<SecretBytes> secrets(byte[] bytes) {
        int start = Integer.BYTES + ByteBuffer.wrap(bytes).getInt();
        if ((bytes.length - start) % SECRET_LENGTH != 0) {
            throw new IllegalArgumentException("a secret is cut");
        }
        List<SecretBytes> secrets = new ArrayList<>();
        for (int at = start; at < bytes.length; at += SECRET_LENGTH) {
            secrets.add(SecretBytes.taking(Arrays.copyOfRange(bytes, at, at + SECRET_LENGTH)));
        }
        return secrets;
    }
}
