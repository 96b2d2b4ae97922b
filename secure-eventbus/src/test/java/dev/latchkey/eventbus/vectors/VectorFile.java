// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.vectors;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of vectors beside the page. {@code -Dlatchkey.vectors=write} writes the sections that are made here anew. */
final class VectorFile {
    private static final Path FILE = Path.of("..", "docs", "protocol-vectors.json");

    private VectorFile() {}

    static boolean isToBeWritten() {
        return "write".equals(System.getProperty("latchkey.vectors"));
    }

    static JsonObject read() {
        try {
            return Files.exists(FILE) ? new JsonObject(Files.readString(FILE)) : new JsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(JsonObject sections) {
        try {
            Files.writeString(FILE, read().mergeIn(sections, false).encodePrettily() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
