// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.wire;

import java.io.ByteArrayOutputStream;

/** One direction of one connection: everything that must not be mixed up with other bytes. Thread-safe. */
final class WireStream {

    static final int HEAD_BYTES = 64 * 1024;

    private final String name;
    private final WireLog log;
    private final FrameCutter frames;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private int state = NeedleAutomaton.START;

    WireStream(String name, WireLog log, FrameCutter frames) {
        this.name = name;
        this.log = log;
        this.frames = frames;
    }

    /** Takes the next bytes of this direction, in the order in which they were sent. */
    synchronized void accept(byte[] chunk) {
        state = log.search(state, chunk);
        head.write(chunk, 0, Math.min(chunk.length, HEAD_BYTES - head.size()));
        frames.accept(chunk);
    }

    synchronized WireHead head() {
        return new WireHead(name, head.toByteArray());
    }
}
