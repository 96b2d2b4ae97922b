// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.crypto.ClaimKey;
import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.buffer.Buffer;

/**
 * What a provider asks the instance that a request is from: may I take it?
 *
 * <pre>
 *   0   token id, 16 bytes
 *  16   the request's sequence number, u64
 *  24   challenge, 16 random bytes
 *  40   proof, 32 bytes
 * </pre>
 */
record ClaimQuestion(TokenId token, long sequence, byte[] challenge, byte[] proof) {
    static final int LENGTH = TokenId.LENGTH + Long.BYTES + ClaimKey.CHALLENGE_LENGTH + ClaimKey.LENGTH;

    private static final int SEQUENCE = TokenId.LENGTH;
    private static final int CHALLENGE = SEQUENCE + Long.BYTES;
    private static final int PROOF = CHALLENGE + ClaimKey.CHALLENGE_LENGTH;

    /** Reads {@value #LENGTH} bytes. */
    static ClaimQuestion read(Buffer bytes) {
        return new ClaimQuestion(
                TokenId.read(bytes.getBytes(0, TokenId.LENGTH), 0),
                bytes.getLong(SEQUENCE),
                bytes.getBytes(CHALLENGE, PROOF),
                bytes.getBytes(PROOF, LENGTH));
    }

    Buffer write() {
        byte[] id = new byte[TokenId.LENGTH];
        token.write(id, 0);
        return Buffer.buffer(LENGTH)
                .appendBytes(id)
                .appendLong(sequence)
                .appendBytes(challenge)
                .appendBytes(proof);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClaimQuestion question && write().equals(question.write());
    }

    @Override
    public int hashCode() {
        return write().hashCode();
    }

    @Override
    public String toString() {
        return "ClaimQuestion[" + token + ", " + sequence + "]";
    }
}
