// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Names and proves claims: a provider that receives a request claims to be the first and only one who takes it.
 *
 * <p>All of it is HMAC-SHA256 (RFC 2104) under a key that the caller and the operation's providers share, over a byte that tells
 * the uses apart, the request's number and the claim's challenge. Whoever has not got the key can neither claim a request before
 * its provider does, nor say yes or no in the caller's name.
 *
 * <p>Every method throws {@link IllegalStateException} once the key is closed. Safe for use by several threads.
 */
public final class ClaimKey implements AutoCloseable {
    /** Length of a challenge in bytes. */
    public static final int CHALLENGE_LENGTH = 16;

    /** Length of a name or proof in bytes. */
    public static final int LENGTH = HmacSha256.LENGTH;

    private static final byte[] NO_CHALLENGE = {};

    private final SecretBytes key;

    /** Takes the key over. */
    ClaimKey(SecretBytes key) {
        this.key = key;
    }

    /** What a mark that this request was taken is called, where others can read it: 32 bytes that tell nothing. */
    public byte[] name(long sequence) {
        return mac(Use.NAME, sequence, NO_CHALLENGE);
    }

    /**
     * Proof of a provider that it asks for this request.
     *
     * @param challenge 16 random bytes of this claim
     */
    public byte[] question(long sequence, byte[] challenge) {
        return mac(Use.QUESTION, sequence, challenge);
    }

    /** Whether this is {@link #question}, compared in constant time. */
    public boolean isQuestion(long sequence, byte[] challenge, byte[] proof) {
        return MessageDigest.isEqual(question(sequence, challenge), proof);
    }

    /** Proof of the caller that it grants, or refuses, this claim. */
    public byte[] answer(long sequence, byte[] challenge, boolean granted) {
        return mac(granted ? Use.GRANT : Use.REFUSAL, sequence, challenge);
    }

    /** Whether this is {@link #answer} with this outcome, compared in constant time. */
    public boolean isAnswer(long sequence, byte[] challenge, boolean granted, byte[] proof) {
        return MessageDigest.isEqual(answer(sequence, challenge, granted), proof);
    }

    private byte[] mac(Use use, long sequence, byte[] challenge) {
        byte[] input = ByteBuffer.allocate(1 + Long.BYTES + challenge.length)
                .put(use.code)
                .putLong(sequence)
                .put(challenge)
                .array();
        return key.lend(bytes -> HmacSha256.of(bytes, input));
    }

    /** Erases the key; closing again does nothing. */
    @Override
    public void close() {
        key.close();
    }

    /** Names the class, never the key. */
    @Override
    public String toString() {
        return "ClaimKey[secret]";
    }

    private enum Use {
        NAME(1),
        QUESTION(2),
        GRANT(3),
        REFUSAL(4);

        private final byte code;

        Use(int code) {
            this.code = (byte) code;
        }
    }
}
