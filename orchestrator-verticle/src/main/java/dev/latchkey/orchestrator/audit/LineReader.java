// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a file line by line, and never more than one line's length at once. */
final class LineReader implements AutoCloseable {
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean cut;

    LineReader(Path file) throws IOException {
        in = new BufferedInputStream(Files.newInputStream(file), AuditLine.MAX_LENGTH);
    }

    /** The next line without its end, or null behind the last one. */
    byte @Nullable [] next() throws IOException {
        line.reset();
        int read = in.read();
        while (read != '\n' && read >= 0 && line.size() <= AuditLine.MAX_LENGTH) {
            line.write(read);
            read = in.read();
        }
        cut = read != '\n';
        return read < 0 && line.size() == 0 ? null : line.toByteArray();
    }

    /** Whether the last line had no end, or was too long to have one. */
    boolean isCut() {
        return cut;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
