// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import io.vertx.core.buffer.Buffer;
import java.util.Objects;

/** Reads a buffer from front to back; Vert.x's buffer refuses to read past its end. */
final class Cursor {
    private final Buffer buffer;
    private int position;

    Cursor(Buffer buffer) {
        this.buffer = buffer;
    }

    int position() {
        return position;
    }

    byte readByte() {
        return buffer.getByte(position++);
    }

    int readInt() {
        int value = buffer.getInt(position);
        position += Integer.BYTES;
        return value;
    }

    long readLong() {
        long value = buffer.getLong(position);
        position += Long.BYTES;
        return value;
    }

    String readText() {
        int length = readInt();
        // Before the buffer allocates what it is asked for, which it does without a look at what it has.
        Objects.checkFromIndexSize(position, length, buffer.length());
        String text = buffer.getString(position, position + length);
        position += length;
        return text;
    }
}
