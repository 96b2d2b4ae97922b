// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Arrays;

/**
 * What a frame said, in memory that its thread uses again for the next frame: valid until it is closed, which erases it. Confined to its
 * thread.
 *
 * <p>One that is opened before the last was closed gets memory of its own, as does one that is very long.
 */
public final class Plaintext implements AutoCloseable {
    /** Longer memory is not kept. */
    static final int MOST_KEPT = 1 << 17;

    private static final int LEAST = 1 << 10;

    /** Never written to. */
    private static final byte[] ZEROS = new byte[1 << 12];

    private static final ThreadLocal<Plaintext> OF_THREAD = ThreadLocal.withInitial(() -> new Plaintext(LEAST));

    private final byte[] bytes;
    private final ByteBuf raw;
    private final Buffer buffer;
    private boolean lent;

    private Plaintext(int capacity) {
        this(new byte[capacity]);
    }

    private Plaintext(byte[] bytes) {
        this.bytes = bytes;
        // Around the array, where Buffer.buffer(bytes) would copy it.
        this.raw = Unpooled.wrappedBuffer(bytes);
        this.buffer = BufferInternal.buffer(raw);
    }

    /** These bytes, which are not copied. */
    static Plaintext around(byte[] bytes) {
        return new Plaintext(bytes);
    }

    /** Memory for a plaintext, all zeros. */
    static Plaintext ofLength(int length) {
        Plaintext kept = OF_THREAD.get();
        return (kept.lent ? new Plaintext(length) : kept.roomFor(length)).lend(length);
    }

    private Plaintext roomFor(int length) {
        if (length <= bytes.length) {
            return this;
        }
        if (length > MOST_KEPT) {
            return new Plaintext(length);
        }
        Plaintext larger = new Plaintext(Integer.highestOneBit(length - 1) << 1);
        OF_THREAD.set(larger);
        return larger;
    }

    private Plaintext lend(int length) {
        lent = true;
        raw.setIndex(0, length);
        return this;
    }

    /** Where the plaintext stands, from the start on. */
    byte[] bytes() {
        return bytes;
    }

    /** The plaintext, not copied: nothing that outlives this may refer to it. */
    public Buffer buffer() {
        return buffer;
    }

    /** The plaintext, for whoever may refer to it for ever. */
    Buffer copy() {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(Arrays.copyOf(bytes, raw.writerIndex())));
    }

    /** Erases it, and gives the memory back. */
    @Override
    public void close() {
        erase(raw.writerIndex());
        lent = false;
    }

    /**
     * By copying zeros, not by {@link Arrays#fill}: that one loop is compiled for whoever else fills arrays in this JVM, and when most of them
     * are short, as keys are, it takes eight times as long for a long one.
     */
    private void erase(int length) {
        for (int at = 0; at < length; at += ZEROS.length) {
            System.arraycopy(ZEROS, 0, bytes, at, Math.min(ZEROS.length, length - at));
        }
    }

    /** Never shows the content. */
    @Override
    public String toString() {
        return "Plaintext[" + raw.writerIndex() + " bytes]";
    }
}
