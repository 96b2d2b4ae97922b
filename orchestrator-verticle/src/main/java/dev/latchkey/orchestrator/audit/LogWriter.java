// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import dev.latchkey.eventbus.crypto.SigningKey;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lines of a log. Blocks; for one thread at a time.
 *
 * <p>What a failed write left behind is not known, so after a failure the log is opened again as after a crash: its end is read, and
 * another file is begun that says what stands behind the last whole line.
 */
final class LogWriter {
    /** A checkpoint follows this many lines, at the latest. */
    static final int CHECKPOINT_RECORDS = 1_000;

    private static final int VERSION = 1;
    private static final int LOG_NAME_BYTES = 16;

    private final AuditOptions options;
    private final AuditFolder folder;
    private final AuditFiles files;
    private final SigningKey key;
    private final String trustDomain;
    private final Clock clock;
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream();
    private @Nullable FileChannel lock;
    private AuditFiles.@Nullable Sink sink;
    private Tail tail = Tail.none();
    /** What is known to be on the disk. */
    private Tail kept = Tail.none();

    private long written;

    /** What is to be written. */
    record Entry(AuditEvent event, JsonObject details, Instant time) {}

    LogWriter(AuditOptions options, AuditFiles files, SigningKey key, String trustDomain, Clock clock) {
        this.options = options;
        this.folder = new AuditFolder(options.folder());
        this.files = files;
        this.key = key;
        this.trustDomain = trustDomain;
        this.clock = clock;
    }

    /**
     * Begins a file behind what is there. Of what this one wrote, all must be there: if somebody took it away, the new file says where
     * it goes on, and whoever verifies the log sees what is missing. A folder that is gone may come back, so none is made in its place.
     */
    void open() throws IOException {
        if (kept.number() == 0) {
            folder.make();
        }
        if (lock == null) {
            lock = folder.lock();
        }
        Tail found = end();
        tail = found.sequence() < kept.sequence() ? kept : found;
        begin();
    }

    /** A file without one whole line holds no record: nobody was answered before one was on the disk. */
    private Tail end() throws IOException {
        List<Map.Entry<Integer, Path>> all = new ArrayList<>(folder.files().entrySet());
        for (int i = all.size() - 1; i >= 0; i--) {
            Tail found = Tail.of(all.get(i).getKey(), all.get(i).getValue());
            if (found != null) {
                return found;
            }
            Files.delete(all.get(i).getValue());
        }
        return Tail.none();
    }

    private void begin() throws IOException {
        Tail before = tail;
        String log = before.log().isEmpty() ? newName() : before.log();
        int number = before.number() + 1;
        sink = files.create(folder.file(number));
        AuditFiles.forceNames(folder.path());
        written = 0;
        tail = new Tail(number, before.sequence(), before.hash(), log, 0, new byte[0]);
        add(entry(AuditEvent.FILE, FileLine.of(before, log, trustDomain, CHECKPOINT_RECORDS)));
        flush();
        removeOld();
    }

    private static String newName() {
        byte[] name = new byte[LOG_NAME_BYTES];
        new SecureRandom().nextBytes(name);
        return HexFormat.of().formatHex(name);
    }

    private Entry entry(AuditEvent event, JsonObject details) {
        return new Entry(event, details, clock.instant());
    }

    /** Said before it is done: of a file that is missing without a word, somebody else took it away. */
    private void removeOld() throws IOException {
        int through = options.keep() == 0 ? 0 : tail.number() - options.keep();
        List<Path> old = new ArrayList<>(folder.files().headMap(through + 1).values());
        if (!old.isEmpty()) {
            add(entry(AuditEvent.FILES_REMOVED, new JsonObject().put("through", through)));
            checkpoint();
        }
        for (Path file : old) {
            Files.deleteIfExists(file);
        }
    }

    /** Writes these, and returns when they are on the disk. */
    void append(List<Entry> entries) throws IOException {
        for (Entry entry : entries) {
            if (tail.uncovered() >= CHECKPOINT_RECORDS) {
                addCheckpoint(new JsonObject());
            }
            add(entry);
        }
        flush();
        if (written >= options.fileSize()) {
            turnOver();
        }
    }

    private void turnOver() throws IOException {
        addCheckpoint(new JsonObject().put("next", AuditFolder.name(tail.number() + 1)));
        flush();
        closeFile();
        begin();
    }

    private void add(Entry entry) {
        append(AuditLine.behind(tail.hash(), object(entry)), tail.uncovered() + 1);
    }

    private JsonObject object(Entry entry) {
        JsonObject object = new JsonObject()
                .put("v", VERSION)
                .put("seq", tail.sequence() + 1)
                .put("time", entry.time().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("event", entry.event().name());
        entry.details().forEach(member -> object.put(member.getKey(), member.getValue()));
        return object;
    }

    private void addCheckpoint(JsonObject details) {
        JsonObject object = object(entry(AuditEvent.CHECKPOINT, details));
        append(Checkpoint.sign(object, tail.hash(), key, trustDomain), 0);
    }

    private void append(AuditLine line, long uncovered) {
        batch.writeBytes(line.bytes());
        tail = new Tail(tail.number(), tail.sequence() + 1, line.hash(), tail.log(), uncovered, tail.torn());
    }

    private void flush() throws IOException {
        AuditFiles.Sink to = sink;
        if (to == null) {
            throw new IOException("the log is closed");
        }
        if (!Files.exists(folder.file(tail.number()))) {
            // It could be written on, but nobody would find it.
            throw new IOException(folder.file(tail.number()) + " is gone");
        }
        to.write(ByteBuffer.wrap(batch.toByteArray()));
        to.force();
        written += batch.size();
        batch.reset();
        kept = tail;
    }

    /** Signs what is not signed yet, if anything. */
    void checkpoint() throws IOException {
        if (sink != null && tail.uncovered() > 0) {
            addCheckpoint(new JsonObject());
            flush();
        }
    }

    /** Gives up the file, of which nobody knows how far it was written. */
    void abandon() {
        batch.reset();
        try {
            closeFile();
        } catch (IOException e) {
            // It is given up because of a failure that was told already.
        }
    }

    private void closeFile() throws IOException {
        AuditFiles.Sink open = sink;
        sink = null;
        if (open != null) {
            open.close();
        }
    }

    /** Ends the log with a checkpoint, if it can be written, and lets others write to the folder. */
    void close() throws IOException {
        try {
            checkpoint();
            closeFile();
        } finally {
            unlock();
        }
    }

    private void unlock() throws IOException {
        FileChannel held = lock;
        lock = null;
        if (held != null) {
            held.close();
        }
    }
}
