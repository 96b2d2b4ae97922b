// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.node;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** An event-bus message as Vert.x writes it on a socket (wire protocol version 2), made by hand: the intruder's tool. */
public final class RawFrame {
    private static final byte PROTOCOL_VERSION = 2;
    private static final byte USER_CODEC = -1;

    private RawFrame() {}

    /** A message that claims to come from a node, with a body that a codec of this name will read. */
    public static Buffer message(
            String codec, boolean send, String address, String replyAddress, String sender, byte[] body) {
        Buffer message = Buffer.buffer();
        message.appendByte(PROTOCOL_VERSION).appendByte(USER_CODEC);
        appendText(message, codec);
        return framed(appendRest(message, send, address, replyAddress, sender, body));
    }

    /** A request with a body that a system codec will read. */
    public static Buffer system(byte codec, String address, String replyAddress, String sender, byte[] body) {
        return system(codec, true, address, replyAddress, sender, body);
    }

    /** A message with a body that a system codec will read. */
    public static Buffer system(
            byte codec, boolean send, String address, String replyAddress, String sender, byte[] body) {
        Buffer message = Buffer.buffer().appendByte(PROTOCOL_VERSION).appendByte(codec);
        return framed(appendRest(message, send, address, replyAddress, sender, body));
    }

    private static Buffer appendRest(
            Buffer message, boolean send, String address, String replyAddress, String sender, byte[] body) {
        message.appendByte((byte) (send ? 0 : 1));
        appendText(message, address);
        appendText(message, replyAddress);
        appendText(message, sender);
        return message.appendInt(Integer.BYTES).appendBytes(body);
    }

    private static Buffer framed(Buffer message) {
        return Buffer.buffer().appendInt(message.length()).appendBuffer(message);
    }

    private static void appendText(Buffer message, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        message.appendInt(bytes.length).appendBytes(bytes);
    }

    /** The body of a captured message that was written with a user codec. */
    public static byte[] body(byte[] captured) {
        Buffer frame = Buffer.buffer(captured);
        int at = Integer.BYTES + 2;
        at += Integer.BYTES + frame.getInt(at);
        at += 1;
        for (int text = 0; text < 3; text++) {
            at += Integer.BYTES + frame.getInt(at);
        }
        at += frame.getInt(at);
        return frame.getBytes(at, frame.length());
    }
}
