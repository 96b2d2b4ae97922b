// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import dev.latchkey.eventbus.crypto.SealingKey;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Arrays;

/**
 * Seals content into a frame. Stateless.
 *
 * <p>The content is written at the end of a buffer, and encrypted where it stands: so it is copied no more often than on the plain bus.
 * When anything fails, whatever was written is erased and cut off again, so that no plaintext is left in the buffer.
 */
public final class FrameWriter {
    private static final byte[] NO_TOKEN = {};

    private FrameWriter() {}

    /**
     * Appends a request's frame to a buffer.
     *
     * <p><strong>Seal each claimed sequence number once</strong>, also where a first call has failed: claim another one then.
     *
     * @param key the caller's request key
     * @param sequence from {@link SealingKey#claim} of this very key: one number, one call
     * @param tokenId the 16 bytes of the token's id
     * @param token the token to ride along, or an empty array when its receivers know it
     * @param sentAt milliseconds since 1970, orchestrator time
     * @throws IllegalArgumentException if the sequence number was never claimed
     * @throws IllegalStateException if the key was closed
     */
    public static void request(
            SealingKey key,
            long sequence,
            byte[] tokenId,
            byte[] token,
            long sentAt,
            Envelope envelope,
            Writable content,
            Buffer out) {
        byte flags = token.length == 0 ? 0 : FrameLayout.FLAG_TOKEN;
        append(key, sequence, flags, tokenId, token, sentAt, envelope, content, out);
    }

    /** A request's frame under the key's next sequence number, in an array of its own. */
    public static byte[] request(
            SealingKey key, byte[] tokenId, byte[] token, long sentAt, Envelope envelope, byte[] content) {
        Buffer out = Buffer.buffer(frameLength(token, content));
        request(key, key.claim(), tokenId, token, sentAt, envelope, buffer -> buffer.appendBytes(content), out);
        return out.getBytes();
    }

    /**
     * Appends a reply's frame to a buffer. Each call claims the key's next sequence number: one call, one sealing.
     *
     * @param key the responder's reply key
     * @param salt the 16 bytes that the key was derived with
     * @return the sequence number
     */
    public static long reply(
            SealingKey key, byte[] salt, long sentAt, Envelope envelope, Writable content, Buffer out) {
        long sequence = key.claim();
        append(key, sequence, FrameLayout.FLAG_REPLY, salt, NO_TOKEN, sentAt, envelope, content, out);
        return sequence;
    }

    /** A reply's frame, in an array of its own. */
    public static byte[] reply(SealingKey key, byte[] salt, long sentAt, Envelope envelope, byte[] content) {
        Buffer out = Buffer.buffer(frameLength(NO_TOKEN, content));
        reply(key, salt, sentAt, envelope, buffer -> buffer.appendBytes(content), out);
        return out.getBytes();
    }

    private static int frameLength(byte[] token, byte[] content) {
        int carried = token.length == 0 ? 0 : FrameLayout.TOKEN_LENGTH_LENGTH + token.length;
        return FrameLayout.HEADER_LENGTH + carried + content.length + SealingKey.TAG_LENGTH;
    }

    private static void append(
            SealingKey key,
            long sequence,
            byte flags,
            byte[] name,
            byte[] token,
            long sentAt,
            Envelope envelope,
            Writable content,
            Buffer out) {
        int start = out.length();
        try {
            writeHeader(raw(out), flags, name, sequence, sentAt);
            if (token.length > 0) {
                out.appendShort((short) token.length).appendBytes(token);
            }
            int from = out.length();
            content.writeTo(out);
            seal(key, sequence, envelope, raw(out), start, from);
        } catch (Throwable e) {
            cut(out, start);
            throw e;
        }
    }

    /** Into its array, as each field that is appended would have the buffer look for room anew. */
    private static void writeHeader(ByteBuf raw, byte flags, byte[] name, long sequence, long sentAt) {
        int start = raw.writerIndex();
        raw.ensureWritable(FrameLayout.HEADER_LENGTH);
        byte[] bytes = raw.array();
        int at = raw.arrayOffset() + start;
        bytes[at + FrameLayout.VERSION_OFFSET] = FrameLayout.VERSION;
        bytes[at + FrameLayout.FLAGS_OFFSET] = flags;
        System.arraycopy(name, 0, bytes, at + FrameLayout.NAME_OFFSET, FrameLayout.NAME_LENGTH);
        BigEndian.putLong(bytes, at + FrameLayout.SEQUENCE_OFFSET, sequence);
        BigEndian.putLong(bytes, at + FrameLayout.SENT_AT_OFFSET, sentAt);
        raw.writerIndex(start + FrameLayout.HEADER_LENGTH);
    }

    private static void seal(SealingKey key, long sequence, Envelope envelope, ByteBuf raw, int start, int from) {
        int length = raw.writerIndex() - from;
        raw.ensureWritable(SealingKey.TAG_LENGTH);
        byte[] bytes = raw.array();
        int at = raw.arrayOffset() + from;
        AssociatedData aad = AssociatedData.of(bytes, raw.arrayOffset() + start, envelope);
        key.seal(sequence, aad.bytes(), aad.length(), bytes, at, length, bytes, at);
        raw.writerIndex(from + length + SealingKey.TAG_LENGTH);
    }

    /** Erases and cuts off what stands in a buffer from a position on. */
    public static void cut(Buffer buffer, int start) {
        ByteBuf raw = raw(buffer);
        Arrays.fill(raw.array(), raw.arrayOffset() + start, raw.arrayOffset() + raw.capacity(), (byte) 0);
        raw.writerIndex(start);
    }

    /** Vert.x's own buffers are on the heap, and grow. */
    private static ByteBuf raw(Buffer buffer) {
        return ((BufferInternal) buffer).unwrap();
    }
}
