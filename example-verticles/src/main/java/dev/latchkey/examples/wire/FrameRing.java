// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The latest frames, up to a number and a sum of bytes; the oldest go first. Thread-safe. */
final class FrameRing {

    static final int MAX_FRAMES = 200;
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private final Deque<byte[]> frames = new ArrayDeque<>();
    private int bytes;
    private long added;

    synchronized List<byte[]> copies() {
        return frames.stream().map(byte[]::clone).toList();
    }

    /** All that were ever added. */
    synchronized long count() {
        return added;
    }

    synchronized void add(byte[] frame) {
        frames.addLast(frame);
        added++;
        bytes += frame.length;
        while (frames.size() > MAX_FRAMES || bytes > MAX_BYTES) {
            bytes -= frames.removeFirst().length;
        }
    }

    /** The oldest frame that is still here and holds these bytes. */
    synchronized Optional<byte[]> firstContaining(byte[] marker) {
        return frames.stream()
                .filter(frame -> contains(frame, marker))
                .findFirst()
                .map(byte[]::clone);
    }

    /** The newest frame that holds these bytes. */
    synchronized Optional<byte[]> lastContaining(byte[] marker) {
        return frames.stream()
                .filter(frame -> contains(frame, marker))
                .reduce((older, newer) -> newer)
                .map(byte[]::clone);
    }

    private static boolean contains(byte[] frame, byte[] marker) {
        for (int at = 0; at <= frame.length - marker.length; at++) {
            if (matches(frame, at, marker)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] frame, int at, byte[] marker) {
        int i = 0;
        while (i < marker.length && frame[at + i] == marker[i]) {
            i++;
        }
        return i == marker.length;
    }
}
