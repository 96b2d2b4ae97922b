// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.examples.node.RawFrame;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * A sealed message that was taken from the wire.
 *
 * @param wire its bytes as they were, with their length in front
 * @param envelope address, reply address, and whether it was a send, as the wire shows them
 * @param sender the node that it says it comes from
 * @param body the sealed frame
 */
@SuppressWarnings("ArrayRecordComponent") // Taken apart, never compared.
record Captured(byte[] wire, Envelope envelope, String sender, byte[] body) {
    private static final int CODEC_OFFSET = Integer.BYTES + 2;

    static Captured of(byte[] wire) {
        Buffer frame = Buffer.buffer(wire);
        int at = CODEC_OFFSET + Integer.BYTES + frame.getInt(CODEC_OFFSET);
        boolean send = frame.getByte(at++) == 0;
        String[] texts = new String[3];
        for (int i = 0; i < texts.length; i++) {
            int length = frame.getInt(at);
            at += Integer.BYTES;
            texts[i] = frame.getString(at, at + length, StandardCharsets.UTF_8.name());
            at += length;
        }
        Envelope envelope = new Envelope(texts[0], texts[1].isEmpty() ? null : texts[1], send);
        return new Captured(wire, envelope, texts[2], RawFrame.body(wire));
    }

    /** True for a frame of the secure codec's; false for Vert.x's own, and for plaintext. */
    static boolean isSealed(byte[] wire) {
        return wire.length > CODEC_OFFSET + Integer.BYTES + 2
                && wire[Integer.BYTES] == 2
                && wire[Integer.BYTES + 1] == -1
                && Buffer.buffer(wire).getInt(CODEC_OFFSET) == 2;
    }

    /** The same frame in another envelope. */
    byte[] in(Envelope other) {
        return Field.wire(other, sender, body);
    }

    /** Another frame in the same envelope. */
    byte[] with(byte[] otherBody) {
        return Field.wire(envelope, sender, otherBody);
    }
}
