// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One byte for each message of a stream, in a file that is mapped into memory: what was written is there for the checker even when
 * its JVM is killed the next moment. Not thread-safe.
 */
final class MessageLedger {
    /** More than any stream sends; files are sparse, so what is not used costs nothing. */
    static final int CAPACITY = 8 * 1024 * 1024;

    private static final int HIGHEST = 0;
    private static final int REORDERED = Long.BYTES;
    private static final int HEADER = 2 * Long.BYTES;

    private final MappedByteBuffer file;

    private MessageLedger(MappedByteBuffer file) {
        this.file = file;
    }

    /** A new ledger; there must be none yet. */
    static MessageLedger create(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return new MessageLedger(channel.map(MapMode.READ_WRITE, 0, HEADER + CAPACITY));
        }
    }

    /** A ledger that somebody wrote. */
    static MessageLedger read(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return new MessageLedger(channel.map(MapMode.READ_ONLY, 0, channel.size()));
        }
    }

    /** How many messages there may be from 0 on: one more than the highest number that was noted. */
    int size() {
        return (int) file.getLong(HIGHEST);
    }

    /** What is noted of a message; 0 for nothing. */
    int get(int number) {
        return number < size() ? file.get(HEADER + number) : 0;
    }

    void put(int number, Outcome outcome) {
        grow(number);
        file.put(HEADER + number, outcome.code());
    }

    /** Counts an arrival. One behind a later message is noted as out of order, unless it is a second one. */
    void arrived(int number) {
        int before = get(number);
        if (number < size() - 1 && before == 0) {
            file.putLong(REORDERED, reordered() + 1);
        }
        grow(number);
        file.put(HEADER + number, (byte) Math.min(before + 1, Byte.MAX_VALUE));
    }

    private void grow(int number) {
        if (number < 0 || number >= CAPACITY) {
            throw new IllegalArgumentException(
                    "message " + number + ": a ledger holds " + CAPACITY + "; soak for less time");
        }
        if (number >= size()) {
            file.putLong(HIGHEST, number + 1L);
        }
    }

    /** Arrivals behind a later one. */
    long reordered() {
        return file.getLong(REORDERED);
    }
}
