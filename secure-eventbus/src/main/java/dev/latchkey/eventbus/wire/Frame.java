// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.OpeningKey;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A frame as it came in: cut into its fields, nothing of it believed yet. */
public final class Frame {
    private final byte[] bytes;
    private final int sealedOffset;

    private Frame(byte[] bytes, int sealedOffset) {
        this.bytes = bytes;
        this.sealedOffset = sealedOffset;
    }

    /** Cuts the frame that starts at a position and ends with the buffer; null when it is none. Never throws. */
    public static @Nullable Frame parse(int position, Buffer buffer) {
        if (buffer.length() - position < FrameLayout.HEADER_LENGTH + SealingKey.TAG_LENGTH) {
            return null;
        }
        byte[] bytes = buffer.getBytes(position, buffer.length());
        if (bytes[FrameLayout.VERSION_OFFSET] != FrameLayout.VERSION || !flagsKnown(bytes)) {
            return null;
        }
        int sealedOffset = sealedOffset(bytes);
        return bytes.length - sealedOffset < SealingKey.TAG_LENGTH ? null : new Frame(bytes, sealedOffset);
    }

    private static boolean flagsKnown(byte[] bytes) {
        byte flags = bytes[FrameLayout.FLAGS_OFFSET];
        return (flags & ~FrameLayout.KNOWN_FLAGS) == 0 && flags != FrameLayout.KNOWN_FLAGS;
    }

    private static int sealedOffset(byte[] bytes) {
        if ((bytes[FrameLayout.FLAGS_OFFSET] & FrameLayout.FLAG_TOKEN) == 0) {
            return FrameLayout.HEADER_LENGTH;
        }
        return tokenOffset() + tokenLength(bytes);
    }

    private static int tokenOffset() {
        return FrameLayout.HEADER_LENGTH + FrameLayout.TOKEN_LENGTH_LENGTH;
    }

    private static int tokenLength(byte[] bytes) {
        return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(FrameLayout.HEADER_LENGTH));
    }

    /** Bytes of the whole frame. */
    public int length() {
        return bytes.length;
    }

    /** True for a reply, false for a request. */
    public boolean isReply() {
        return (bytes[FrameLayout.FLAGS_OFFSET] & FrameLayout.FLAG_REPLY) != 0;
    }

    /** The token that a request names. */
    public TokenId tokenId() {
        return TokenId.read(bytes, FrameLayout.NAME_OFFSET);
    }

    /** The salt of the key that a reply was sealed with: 16 bytes. */
    public byte[] salt() {
        return Arrays.copyOfRange(bytes, FrameLayout.NAME_OFFSET, FrameLayout.NAME_OFFSET + FrameLayout.NAME_LENGTH);
    }

    /** The number of this sealing under its key. */
    public long sequence() {
        return ByteBuffer.wrap(bytes).getLong(FrameLayout.SEQUENCE_OFFSET);
    }

    /** Four bytes of its tag: what tells it from another message under its number, save for one in 2^32. */
    public int tagMark() {
        return ByteBuffer.wrap(bytes).getInt(bytes.length - SealingKey.TAG_LENGTH);
    }

    /** When it was sealed: milliseconds since 1970, orchestrator time. */
    public long sentAt() {
        return ByteBuffer.wrap(bytes).getLong(FrameLayout.SENT_AT_OFFSET);
    }

    /** The token that rode along, or null. */
    public @Nullable String token() {
        if ((bytes[FrameLayout.FLAGS_OFFSET] & FrameLayout.FLAG_TOKEN) == 0) {
            return null;
        }
        return new String(bytes, tokenOffset(), tokenLength(bytes), StandardCharsets.US_ASCII);
    }

    /**
     * The content, if the frame was sealed under this key for this envelope.
     *
     * @throws OpenFailedException when a single bit of frame or envelope is not what was sealed
     */
    public byte[] open(OpeningKey key, Envelope envelope) throws OpenFailedException {
        byte[] aad = envelope.associatedData(bytes);
        return key.open(sequence(), aad, aad.length, bytes, sealedOffset, bytes.length - sealedOffset);
    }

    /** Shows sizes only. */
    @Override
    public String toString() {
        return "Frame[" + (isReply() ? "reply" : "request") + ", " + bytes.length + " bytes]";
    }
}
