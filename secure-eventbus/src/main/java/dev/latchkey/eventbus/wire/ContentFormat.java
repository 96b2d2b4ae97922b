// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.impl.CodecManager;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of {@link Content}: flags, codec id, codec name when it is a user's, patience when it is told, the
 * message that this one stands for when there is one, headers when there are any, body.
 *
 * <p>The body is written and read by its own codec, so that whatever the plain bus can carry can be sealed.
 */
public final class ContentFormat {
    private static final byte FLAG_HEADERS = 1;
    private static final byte FLAG_PATIENCE = 2;
    private static final byte FLAG_AGAIN = 4;
    private static final byte USER_CODEC = -1;

    /** Those of Vert.x's codecs from here on let a body's own class read it. */
    private static final byte FIRST_SERIALIZABLE_CODEC = 16;

    private static final int MAX_HEADERS = 1024;

    private ContentFormat() {}

    /** The bytes to seal. Throws whatever the body's codec throws. */
    public static byte[] write(Content content) {
        Buffer out = Buffer.buffer();
        write(content, out);
        return out.getBytes();
    }

    /** Appends the bytes to seal. Throws whatever the body's codec throws, wherever it stands. */
    @SuppressWarnings("unchecked") // The codec was looked up for this very body.
    static void write(Content content, Buffer out) {
        out.appendByte(flags(content));
        writeCodec(out, content.codec());
        if (content.patience() > 0) {
            out.appendInt(content.patience());
        }
        if (content.first() != null) {
            writeName(out, content.first());
        }
        if (content.headers() != null) {
            writeHeaders(out, content.headers());
        }
        ((MessageCodec<Object, Object>) content.codec()).encodeToWire(out, content.body());
    }

    private static byte flags(Content content) {
        return (byte) ((content.headers() == null ? 0 : FLAG_HEADERS)
                | (content.patience() > 0 ? FLAG_PATIENCE : 0)
                | (content.first() == null ? 0 : FLAG_AGAIN));
    }

    private static void writeCodec(Buffer out, MessageCodec<?, ?> codec) {
        out.appendByte(codec.systemCodecID());
        if (codec.systemCodecID() == USER_CODEC) {
            writeText(out, codec.name());
        }
    }

    private static void writeHeaders(Buffer out, MultiMap headers) {
        List<Map.Entry<String, String>> entries = headers.entries();
        requireFew(entries.size());
        out.appendInt(entries.size());
        for (Map.Entry<String, String> entry : entries) {
            writeText(out, entry.getKey());
            writeText(out, entry.getValue());
        }
    }

    private static void writeName(Buffer out, SentName name) {
        out.appendLong(name.token().instance())
                .appendLong(name.token().serial())
                .appendLong(name.sequence());
    }

    private static SentName readName(Cursor cursor) {
        return new SentName(new TokenId(cursor.readLong(), cursor.readLong()), cursor.readLong());
    }

    private static void writeText(Buffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.appendInt(bytes.length).appendBytes(bytes);
    }

    /** Reads what {@link #write} wrote. Throws a RuntimeException, or whatever the body's codec throws, otherwise. */
    public static Content read(byte[] bytes, Codecs codecs) {
        return read(Plaintext.around(bytes), codecs);
    }

    /** The same; what it returns does not refer to the plaintext. */
    public static Content read(Plaintext plaintext, Codecs codecs) {
        Buffer in = plaintext.buffer();
        Cursor cursor = new Cursor(in);
        byte flags = cursor.readByte();
        requireKnown(flags);
        MessageCodec<?, ?> codec = readCodec(cursor, codecs);
        int patience = (flags & FLAG_PATIENCE) != 0 ? readPatience(cursor) : 0;
        SentName first = (flags & FLAG_AGAIN) != 0 ? readName(cursor) : null;
        MultiMap headers = (flags & FLAG_HEADERS) != 0 ? readHeaders(cursor) : null;
        checkLength(codec.systemCodecID(), cursor.position(), in);
        Object body = readBody(codec, cursor.position(), plaintext);
        return new Content(codec, body, headers, patience, first);
    }

    private static @Nullable Object readBody(MessageCodec<?, ?> codec, int position, Plaintext plaintext) {
        if (codec == CodecManager.BUFFER_MESSAGE_CODEC) {
            return readBuffer(position, plaintext.buffer());
        }
        return codec.decodeFromWire(position, isTrusted(codec) ? plaintext.buffer() : plaintext.copy());
    }

    /** As Vert.x's own codec does, which copies the bytes twice. */
    private static Buffer readBuffer(int position, Buffer in) {
        int length = in.getInt(position);
        return Buffer.buffer(length).appendBuffer(in, position + Integer.BYTES, length);
    }

    /** True for a codec that keeps nothing of the buffer that it reads: Vert.x's own, where no class of an application takes part. */
    private static boolean isTrusted(MessageCodec<?, ?> codec) {
        byte id = codec.systemCodecID();
        return id != USER_CODEC && id < FIRST_SERIALIZABLE_CODEC;
    }

    /** Vert.x's own codecs allocate the length that stands before a body without a look at whether the body is there. */
    private static void checkLength(byte codec, int position, Buffer in) {
        int offset = lengthOffset(codec);
        int start = position + offset + Integer.BYTES;
        if (offset >= 0 && start <= in.length() && in.getInt(start - Integer.BYTES) > in.length() - start) {
            throw new IllegalArgumentException("the body is shorter than it says");
        }
    }

    /** Where the length stands in what a system codec writes, or -1 when it writes none. */
    private static int lengthOffset(byte codec) {
        return switch (codec) {
            case 9, 11, 12, 13, 14, 16, 17 -> 0; // String, Buffer, bytes, JSON object and array, serializable ones.
            case 15 -> 6; // ReplyException: type, code, whether there is a message.
            default -> -1;
        };
    }

    private static void requireFew(int headers) {
        if (headers < 0 || headers > MAX_HEADERS) {
            throw new IllegalArgumentException("more than " + MAX_HEADERS + " headers");
        }
    }

    private static MessageCodec<?, ?> readCodec(Cursor cursor, Codecs codecs) {
        byte id = cursor.readByte();
        return id == USER_CODEC ? codecs.named(cursor.readText()) : codecs.system(id);
    }

    private static void requireKnown(byte flags) {
        if ((flags & ~(FLAG_HEADERS | FLAG_PATIENCE | FLAG_AGAIN)) != 0) {
            throw new IllegalArgumentException("unknown flags");
        }
    }

    private static int readPatience(Cursor cursor) {
        int patience = cursor.readInt();
        if (patience <= 0) {
            throw new IllegalArgumentException("patience must be more than 0");
        }
        return patience;
    }

    private static MultiMap readHeaders(Cursor cursor) {
        int count = cursor.readInt();
        requireFew(count);
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < count; i++) {
            headers.add(cursor.readText(), cursor.readText());
        }
        return headers;
    }
}
