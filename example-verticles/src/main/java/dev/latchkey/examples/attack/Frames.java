// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.wire.Envelope;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Sealed frames, taken apart as docs/protocol.md has them. */
final class Frames {
    static final int NAME = 2;
    static final int SEQUENCE = 18;
    private static final int TOKEN = 34;

    private Frames() {}

    /** A request's header, with its token to follow. */
    private static Buffer header(Papers papers, long sequence, long sentAt) {
        byte[] name = new byte[TokenId.LENGTH];
        papers.id().write(name, 0);
        return Buffer.buffer()
                .appendByte((byte) 1)
                .appendByte((byte) 2)
                .appendBytes(name)
                .appendLong(sequence)
                .appendLong(sentAt);
    }

    /** What a request of this header is sealed with. */
    static byte[] associated(Papers papers, long sequence, long sentAt, Envelope envelope) {
        String reply = envelope.replyAddress() == null ? "" : envelope.replyAddress();
        return header(papers, sequence, sentAt)
                .appendByte((byte) (envelope.send() ? 0 : 1))
                .appendBuffer(Contents.text(envelope.address()))
                .appendBuffer(Contents.text(reply))
                .getBytes();
    }

    /** A request of this header that carries its token, with a ciphertext that was made by hand. */
    static byte[] carrying(Papers papers, long sequence, long sentAt, byte[] sealed) {
        byte[] token = papers.compact().getBytes(StandardCharsets.US_ASCII);
        return header(papers, sequence, sentAt)
                .appendShort((short) token.length)
                .appendBytes(token)
                .appendBytes(sealed)
                .getBytes();
    }

    /** The same ciphertext under the name of another token, which goes along. */
    static byte[] renamed(byte[] frame, Papers other) {
        Buffer before = Buffer.buffer(frame);
        int sealed = TOKEN + Short.BYTES + before.getUnsignedShort(TOKEN);
        byte[] name = new byte[TokenId.LENGTH];
        other.id().write(name, 0);
        byte[] token = other.compact().getBytes(StandardCharsets.US_ASCII);
        return Buffer.buffer()
                .appendBytes(frame, 0, NAME)
                .appendBytes(name)
                .appendBytes(frame, SEQUENCE, TOKEN - SEQUENCE)
                .appendShort((short) token.length)
                .appendBytes(token)
                .appendBytes(frame, sealed, frame.length - sealed)
                .getBytes();
    }

    /** Of an answer: who sealed it draws it at random. */
    static String salt(byte[] frame) {
        return HexFormat.of().formatHex(frame, NAME, SEQUENCE);
    }

    /** Its number under its key. */
    static long sequence(byte[] frame) {
        return Buffer.buffer(frame).getLong(SEQUENCE);
    }

    /** What a nonce is used under: token id or reply salt, and number. */
    static String nonce(byte[] frame) {
        return HexFormat.of().formatHex(frame, NAME, SEQUENCE + Long.BYTES);
    }
}
