// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a log ends, so that it can be gone on with.
 *
 * @param number of its last file; 0 when there is none
 * @param sequence of its last whole line; -1 when there is none
 * @param hash of that line
 * @param log the log's name; empty when there is none yet
 * @param uncovered how many lines behind the last checkpoint
 * @param torn what stands behind the last whole line, without an end
 */
record Tail(int number, long sequence, byte[] hash, String log, long uncovered, byte[] torn) {
    private static final Tail NONE = new Tail(0, -1, Chain.beginning(), "", 0, new byte[0]);

    static Tail none() {
        return NONE;
    }

    /**
     * Reads the last file.
     *
     * @return null when not even its first line is whole
     * @throws IOException when it cannot be read, or was changed; the text names file, line and fix
     */
    static @Nullable Tail of(int number, Path file) throws IOException {
        try (LineReader reader = new LineReader(file)) {
            return read(number, file, reader);
        }
    }

    private static @Nullable Tail read(int number, Path file, LineReader reader) throws IOException {
        Tail tail = null;
        int count = 1;
        for (byte[] bytes = reader.next(); bytes != null; bytes = reader.next(), count++) {
            if (reader.isCut()) {
                return tail == null ? null : tail.torn(bytes);
            }
            tail = next(tail, number, where(file, count), bytes);
        }
        return tail;
    }

    private static String where(Path file, int line) {
        return file + ":" + line;
    }

    private static Tail next(@Nullable Tail before, int number, String where, byte[] bytes) throws IOException {
        try {
            AuditLine line = AuditLine.parse(bytes);
            Tail base = before == null ? first(number, line) : before;
            if (!line.follows(base.hash) || line.sequence() != base.sequence + 1) {
                throw new AuditFormatException("the line is not what was written behind the one before");
            }
            long uncovered = line.is(AuditEvent.CHECKPOINT) ? 0 : base.uncovered + 1;
            return new Tail(number, line.sequence(), line.hash(), base.log, uncovered, base.torn);
        } catch (AuditFormatException e) {
            throw new IOException(where + ": " + e.getMessage()
                    + "; see 'latchkey audit verify', and move the folder away to begin a new log");
        }
    }

    /** What the first line says of the file before. */
    private static Tail first(int number, AuditLine line) throws AuditFormatException {
        byte[] hash = FileLine.previousHash(line);
        return new Tail(number, line.sequence() - 1, hash, line.text(FileLine.LOG), 0, new byte[0]);
    }

    private Tail torn(byte[] rest) {
        return new Tail(number, sequence, hash, log, uncovered, rest);
    }
}
