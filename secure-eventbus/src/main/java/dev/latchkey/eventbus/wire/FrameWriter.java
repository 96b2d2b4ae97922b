// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import dev.latchkey.eventbus.crypto.SealingKey;
import java.nio.ByteBuffer;

/** Seals content into a frame. Stateless. */
public final class FrameWriter {
    private FrameWriter() {}

    /**
     * A request's frame. Each call claims the key's next sequence number: one call, one sealing.
     *
     * @param key the caller's request key
     * @param tokenId the 16 bytes of the token's id
     * @param token the token to ride along, or an empty array when its receivers know it
     * @param sentAt milliseconds since 1970, orchestrator time
     */
    public static byte[] request(
            SealingKey key, byte[] tokenId, byte[] token, long sentAt, Envelope envelope, byte[] content) {
        byte flags = token.length == 0 ? 0 : FrameLayout.FLAG_TOKEN;
        return seal(key, flags, tokenId, token, sentAt, envelope, content);
    }

    /**
     * A reply's frame.
     *
     * @param key the responder's reply key
     * @param salt the 16 bytes that the key was derived with
     */
    public static byte[] reply(SealingKey key, byte[] salt, long sentAt, Envelope envelope, byte[] content) {
        return seal(key, FrameLayout.FLAG_REPLY, salt, new byte[0], sentAt, envelope, content);
    }

    private static byte[] seal(
            SealingKey key, byte flags, byte[] name, byte[] token, long sentAt, Envelope envelope, byte[] content) {
        long sequence = key.claim();
        ByteBuffer frame = ByteBuffer.allocate(frameLength(token, content));
        frame.put(FrameLayout.VERSION).put(flags).put(name).putLong(sequence).putLong(sentAt);
        if (token.length > 0) {
            frame.putShort((short) token.length).put(token);
        }
        byte[] aad = envelope.associatedData(frame.array());
        key.seal(sequence, aad, aad.length, content, 0, content.length, frame.array(), frame.position());
        return frame.array();
    }

    private static int frameLength(byte[] token, byte[] content) {
        int carried = token.length == 0 ? 0 : FrameLayout.TOKEN_LENGTH_LENGTH + token.length;
        return FrameLayout.HEADER_LENGTH + carried + content.length + SealingKey.TAG_LENGTH;
    }
}
