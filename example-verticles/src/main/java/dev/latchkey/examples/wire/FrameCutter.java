// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts one direction of a connection into the frames of the Vert.x event bus: four bytes of length, then that many.
 *
 * <p>It believes no length: memory grows with what has arrived, a frame above the bound is let past uncaptured, and a
 * negative length (so this is no event bus) ends the cutting. What a frame looks like is decided by strangers.
 */
final class FrameCutter {

    static final int MAX_FRAME_BYTES = 256 * 1024;

    private static final int PREFIX = Integer.BYTES;

    private final Consumer<byte[]> frames;
    private final Runnable oversize;
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
    private int wanted = PREFIX;
    private long toSkip;
    private boolean lost;

    FrameCutter(Consumer<byte[]> frames, Runnable oversize) {
        this.frames = frames;
        this.oversize = oversize;
    }

    void accept(byte[] chunk) {
        int at = 0;
        while (at < chunk.length && !lost) {
            at += toSkip > 0 ? skip(chunk.length - at) : collect(chunk, at);
        }
    }

    private int skip(int available) {
        int skipped = (int) Math.min(toSkip, available);
        toSkip -= skipped;
        return skipped;
    }

    private int collect(byte[] chunk, int at) {
        int taken = Math.min(wanted - frame.size(), chunk.length - at);
        frame.write(chunk, at, taken);
        if (frame.size() == wanted) {
            complete(frame.toByteArray());
        }
        return taken;
    }

    /** Either the length has arrived, or the whole frame. */
    private void complete(byte[] collected) {
        if (wanted == PREFIX) {
            expect(ByteBuffer.wrap(collected).getInt());
        } else {
            frames.accept(collected);
            restart();
        }
    }

    private void expect(int length) {
        if (length <= 0) {
            lost = length < 0;
            restart();
        } else if (length > MAX_FRAME_BYTES - PREFIX) {
            skipBody(length);
        } else {
            wanted = PREFIX + length;
        }
    }

    private void skipBody(int length) {
        oversize.run();
        toSkip = length;
        restart();
    }

    private void restart() {
        frame.reset();
        wanted = PREFIX;
    }
}
