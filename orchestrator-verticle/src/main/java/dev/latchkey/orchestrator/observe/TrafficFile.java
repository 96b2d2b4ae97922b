// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.observe;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A JSON file of traffic. Blocks. */
public final class TrafficFile {
    /** More than {@link Traffic#MAX_PASSAGES} of the longest addresses take, however they are escaped. */
    private static final int MAX_BYTES = 32 << 20;

    private final Path file;

    /** The file of this path, which need not exist. */
    public TrafficFile(Path file) {
        this.file = file;
    }

    /**
     * Adds what the file holds.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it holds something else, naming file, problem and fix
     */
    public void readInto(Traffic traffic) throws IOException {
        byte[] bytes = read();
        try {
            TrafficFormat.read(new JsonObject(decode(bytes)), traffic);
        } catch (CharacterCodingException | DecodeException e) {
            throw refused("it is no JSON object", e);
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()), e);
        }
    }

    private byte[] read() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw refused("it is larger than 32 MiB", null);
            }
            return bytes;
        }
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private IllegalArgumentException refused(String problem, @Nullable Exception cause) {
        return new IllegalArgumentException(
                file + " is no file of observations: " + problem
                        + "; name another, or move it away and begin a new one",
                cause);
    }

    /** Writes it whole or not at all, and so that it outlives a power cut. */
    void write(Traffic traffic) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".tmp");
        try {
            writeThrough(fresh, TrafficFormat.write(traffic).encodePrettily() + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void writeThrough(Path fresh, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Its path. */
    @Override
    public String toString() {
        return file.toString();
    }
}
