// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.OpeningKey;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.token.TokenId;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A frame as it came in: cut into its fields, nothing of it believed yet.
 *
 * <p>It looks at the bytes where they arrived, and copies none of them.
 */
public final class Frame {
    private final byte[] bytes;
    private final int start;
    private final int length;
    private final int sealedOffset;
    private @Nullable TokenId tokenId;

    private Frame(byte[] bytes, int start, int length, int sealedOffset) {
        this.bytes = bytes;
        this.start = start;
        this.length = length;
        this.sealedOffset = sealedOffset;
    }

    /**
     * Cuts the frame that starts at a position and ends with the buffer; null when it is none. Never throws. The buffer must not be
     * written to as long as the frame is in use.
     */
    public static @Nullable Frame parse(int position, Buffer buffer) {
        int length = buffer.length() - position;
        if (length < FrameLayout.HEADER_LENGTH + SealingKey.TAG_LENGTH) {
            return null;
        }
        ByteBuf raw = ((BufferInternal) buffer).unwrap();
        return raw.hasArray()
                ? parse(raw.array(), raw.arrayOffset() + position, length)
                : parse(buffer.getBytes(position, buffer.length()), 0, length);
    }

    private static @Nullable Frame parse(byte[] bytes, int start, int length) {
        if (bytes[start + FrameLayout.VERSION_OFFSET] != FrameLayout.VERSION
                || !areKnown(bytes[start + FrameLayout.FLAGS_OFFSET])) {
            return null;
        }
        int sealedOffset = sealedOffset(bytes, start);
        return length - sealedOffset < SealingKey.TAG_LENGTH ? null : new Frame(bytes, start, length, sealedOffset);
    }

    private static boolean areKnown(byte flags) {
        return (flags & ~FrameLayout.KNOWN_FLAGS) == 0 && flags != FrameLayout.KNOWN_FLAGS;
    }

    private static int sealedOffset(byte[] bytes, int start) {
        if ((bytes[start + FrameLayout.FLAGS_OFFSET] & FrameLayout.FLAG_TOKEN) == 0) {
            return FrameLayout.HEADER_LENGTH;
        }
        return tokenOffset() + tokenLength(bytes, start);
    }

    private static int tokenOffset() {
        return FrameLayout.HEADER_LENGTH + FrameLayout.TOKEN_LENGTH_LENGTH;
    }

    private static int tokenLength(byte[] bytes, int start) {
        return Short.toUnsignedInt(BigEndian.getShort(bytes, start + FrameLayout.HEADER_LENGTH));
    }

    /** Bytes of the whole frame. */
    public int length() {
        return length;
    }

    /** True for a reply, false for a request. */
    public boolean isReply() {
        return (flags() & FrameLayout.FLAG_REPLY) != 0;
    }

    private byte flags() {
        return bytes[start + FrameLayout.FLAGS_OFFSET];
    }

    /** The token that a request names. */
    public TokenId tokenId() {
        TokenId known = tokenId;
        if (known == null) {
            known = LastTokenId.read(bytes, start + FrameLayout.NAME_OFFSET);
            tokenId = known;
        }
        return known;
    }

    /** The salt of the key that a reply was sealed with: 16 bytes. */
    public byte[] salt() {
        int from = start + FrameLayout.NAME_OFFSET;
        return Arrays.copyOfRange(bytes, from, from + FrameLayout.NAME_LENGTH);
    }

    /** True when {@link #salt} would be equal to these bytes. */
    public boolean hasSalt(byte[] salt) {
        int from = start + FrameLayout.NAME_OFFSET;
        return Arrays.equals(bytes, from, from + FrameLayout.NAME_LENGTH, salt, 0, salt.length);
    }

    /** The number of this sealing under its key. */
    public long sequence() {
        return BigEndian.getLong(bytes, start + FrameLayout.SEQUENCE_OFFSET);
    }

    /** Four bytes of its tag: what tells it from another message under its number, save for one in 2^32. */
    public int tagMark() {
        return BigEndian.getInt(bytes, start + length - SealingKey.TAG_LENGTH);
    }

    /** When it was sealed: milliseconds since 1970, orchestrator time. */
    public long sentAt() {
        return BigEndian.getLong(bytes, start + FrameLayout.SENT_AT_OFFSET);
    }

    /** The token that rode along, or null. */
    public @Nullable String token() {
        if ((flags() & FrameLayout.FLAG_TOKEN) == 0) {
            return null;
        }
        return new String(bytes, start + tokenOffset(), tokenLength(bytes, start), StandardCharsets.US_ASCII);
    }

    /**
     * The content, if the frame was sealed under this key for this envelope; the caller closes it.
     *
     * @throws OpenFailedException when a single bit of frame or envelope is not what was sealed
     */
    public Plaintext open(OpeningKey key, Envelope envelope) throws OpenFailedException {
        int sealed = length - sealedOffset;
        Plaintext plaintext = Plaintext.ofLength(sealed - SealingKey.TAG_LENGTH);
        try {
            AssociatedData aad = AssociatedData.of(bytes, start, envelope);
            key.open(sequence(), aad.bytes(), aad.length(), bytes, start + sealedOffset, sealed, plaintext.bytes());
            return plaintext;
        } catch (Throwable e) {
            plaintext.close();
            throw e;
        }
    }

    /** Shows sizes only. */
    @Override
    public String toString() {
        return "Frame[" + (isReply() ? "reply" : "request") + ", " + length + " bytes]";
    }
}
