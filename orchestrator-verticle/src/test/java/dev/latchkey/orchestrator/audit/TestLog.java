// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import static dev.latchkey.orchestrator.Realm.await;

import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.orchestrator.notice.Noticed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A log of its own for each test, in a folder, with a key and a clock that stands still. */
final class TestLog implements AutoCloseable {
    static final String DOMAIN = "test.latchkey";
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);

    final Vertx vertx = Vertx.vertx();
    final SigningKey key;
    final Noticed noticed = new Noticed();
    final Path folder;

    TestLog(Path folder) {
        this(folder, SigningKey.generate());
    }

    TestLog(Path folder, SigningKey key) {
        this.key = key;
        this.folder = folder.resolve("audit");
    }

    AuditLog open(AuditFiles files, AuditFailurePolicy onFailure) {
        return await(opening(files, 64 << 10, 0, onFailure));
    }

    Future<AuditLog> opening(AuditFiles files, long fileSize, int keep, AuditFailurePolicy onFailure) {
        AuditOptions options = new AuditOptions(folder, fileSize, keep, Duration.ofHours(1), onFailure);
        return ChainedAuditLog.open(vertx, options, files, key, DOMAIN, CLOCK, noticed);
    }

    AuditLog open() {
        return open(AuditFiles.DISK, AuditFailurePolicy.STOP);
    }

    /** Records so many, one by one. */
    static void fill(AuditLog log, int from, int count) {
        for (int i = from; i < from + count; i++) {
            await(log.record(AuditEvent.ALARM, detail(i)));
        }
    }

    static JsonObject detail(int number) {
        return new JsonObject().put("kind", "T\u00e4st \"quoted\"\n").put("detail", "number " + number);
    }

    AuditReport verify() {
        return verify(folder);
    }

    AuditReport verify(Path where) {
        return verify(where, null);
    }

    AuditReport verify(Path where, @org.jspecify.annotations.Nullable String head) {
        try {
            return new AuditVerifier(where, new AuditTrust(List.of(key.verifyingKey()), DOMAIN), head).verify();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    String problem(Path where) {
        return verify(where).problem().map(AuditProblem::toString).orElse("none");
    }

    Path file(int number) {
        return folder.resolve(AuditFolder.name(number));
    }

    /** All whole lines of all files, as JSON. */
    List<JsonObject> lines() throws IOException {
        List<JsonObject> all = new ArrayList<>();
        for (Path file : new AuditFolder(folder).files().values()) {
            Files.readAllLines(file).stream()
                    .filter(TestLog::isWhole)
                    .map(JsonObject::new)
                    .forEach(all::add);
        }
        return all;
    }

    /** What a full disk cut is none. */
    private static boolean isWhole(String line) {
        return line.endsWith("\"}");
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
