// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.crypto.VerifyingKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * An orchestrator's signed, numbered broadcast of what is revoked: {@code version (1) || number (8) || signature (64) || JSON}.
 *
 * <p>The signature is Ed25519 (RFC 8032, section 5.1) over {@code "latchkey/1 notice" || len16(trust domain) || trust domain ||
 * number || JSON}. No JWT of ours begins like that, so neither can be taken for the other. The number stands in front, so that
 * what is old is dropped before it costs a signature check.
 */
public final class Notice {
    /** The event-bus address that notices are published at. */
    public static final String ADDRESS = "latchkey.notices";

    /** A notice longer than this is dropped unread. */
    public static final int MAX_LENGTH = 256 * 1024;

    private static final byte VERSION = 1;
    private static final int NUMBER_OFFSET = 1;
    private static final int SIGNATURE_OFFSET = NUMBER_OFFSET + Long.BYTES;
    private static final int SIGNATURE_LENGTH = 64;
    private static final int BODY_OFFSET = SIGNATURE_OFFSET + SIGNATURE_LENGTH;
    private static final byte[] LABEL = "latchkey/1 notice".getBytes(StandardCharsets.US_ASCII);

    private Notice() {}

    /**
     * A signed notice.
     *
     * @throws IllegalArgumentException when it would be longer than {@link #MAX_LENGTH}
     */
    public static Buffer sign(Revocations revocations, SigningKey key, String trustDomain) {
        byte[] body = revocations.toJson().toBuffer().getBytes();
        if (BODY_OFFSET + body.length > MAX_LENGTH) {
            throw new IllegalArgumentException("more is revoked than one notice can hold");
        }
        return Buffer.buffer()
                .appendByte(VERSION)
                .appendLong(revocations.number())
                .appendBytes(key.sign(signed(revocations.number(), body, trustDomain)))
                .appendBytes(body);
    }

    /**
     * The number that a notice claims, unverified; -1 when it cannot be one.
     *
     * @param notice what arrived, of any type
     */
    public static long claimedNumber(Object notice) {
        return notice instanceof Buffer bytes
                        && bytes.length() > BODY_OFFSET
                        && bytes.length() <= MAX_LENGTH
                        && bytes.getByte(0) == VERSION
                ? bytes.getLong(NUMBER_OFFSET)
                : -1;
    }

    /**
     * What a notice says.
     *
     * @param notice one of which {@link #claimedNumber} is not -1
     * @throws IllegalArgumentException when no trusted key signed it, or it cannot be read
     */
    public static Revocations verify(Buffer notice, Collection<VerifyingKey> keys, String trustDomain) {
        byte[] body = notice.getBytes(BODY_OFFSET, notice.length());
        byte[] signature = notice.getBytes(SIGNATURE_OFFSET, BODY_OFFSET);
        byte[] signed = signed(notice.getLong(NUMBER_OFFSET), body, trustDomain);
        if (keys.stream().noneMatch(key -> key.verify(signed, signature))) {
            throw new IllegalArgumentException("the notice is not signed by a trusted key");
        }
        return read(body, notice.getLong(NUMBER_OFFSET));
    }

    private static Revocations read(byte[] body, long number) {
        Revocations read;
        try {
            read = Revocations.fromJson(new JsonObject(Buffer.buffer(body)));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the notice cannot be read", e);
        }
        if (read.number() != number) {
            throw new IllegalArgumentException("the notice has two numbers");
        }
        return read;
    }

    private static byte[] signed(long number, byte[] body, String trustDomain) {
        byte[] domain = trustDomain.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(LABEL.length + Short.BYTES + domain.length + Long.BYTES + body.length)
                .put(LABEL)
                .putShort((short) domain.length)
                .put(domain)
                .putLong(number)
                .put(body)
                .array();
    }
}
