// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;

/**
 * The one use of a credential.
 *
 * @param end milliseconds since 1970, when the credential has ended and nobody need remember it any more
 * @param commitment of the seed that it was used with, 32 bytes
 */
record Spent(long end, Buffer commitment) {
    private static final int COMMITMENT_LENGTH = 32;

    boolean isOver(long now) {
        return now >= end;
    }

    /** True when both are the same use: only the instance that made the seed can have asked both times. */
    boolean isSameUse(Spent other) {
        return MessageDigest.isEqual(commitment.getBytes(), other.commitment.getBytes());
    }

    byte[] toBytes() {
        return Buffer.buffer().appendLong(end).appendBuffer(commitment).getBytes();
    }

    /** Reads what an orchestrator sealed. */
    static Spent fromBytes(byte[] bytes) {
        Buffer in = Buffer.buffer(bytes);
        return new Spent(in.getLong(0), in.getBuffer(Long.BYTES, Long.BYTES + COMMITMENT_LENGTH));
    }
}
