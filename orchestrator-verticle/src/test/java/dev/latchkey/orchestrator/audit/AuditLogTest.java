// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.crypto.Signer;
import dev.latchkey.eventbus.crypto.SigningKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded is on the disk, chained, signed, and goes on after whatever ended it. */
class AuditLogTest {
    @TempDir
    private Path folder;

    private TestLog test;

    @BeforeEach
    void begin() {
        test = new TestLog(folder);
    }

    @AfterEach
    void end() {
        test.close();
    }

    @Test
    void record_isOneLine_withNumberTimeAndHash_onTheDiskWhenItIsDone() throws IOException {
        AuditLog log = test.open();
        await(log.admin("eve", "operator", "revoke", "0123", "done"));
        JsonObject line = test.lines().get(1);
        assertThat(line.getString("hash")).hasSize(64);
        line.remove("hash");
        assertThat(line.encode())
                .isEqualTo(
                        "{\"v\":1,\"seq\":1,\"time\":\"2026-01-02T03:04:05.678Z\",\"event\":\"ADMIN\",\"actor\":\"eve\","
                                + "\"role\":\"operator\",\"action\":\"revoke\",\"target\":\"0123\",\"outcome\":\"done\"}");
    }

    @Test
    void log_thatWasClosed_isWhole_andCoveredToItsEnd() {
        AuditLog log = test.open();
        TestLog.fill(log, 0, 5);
        await(log.close());
        AuditReport report = test.verify();
        assertThat(report.problem()).isEmpty();
        assertThat(report.records()).isEqualTo(7);
        assertThat(report.uncovered()).isZero();
    }

    /** What stands there is whole, but nobody signed for it yet. */
    @Test
    void log_thatIsBeingWritten_saysHowMuchIsNotCovered() {
        AuditLog log = test.open();
        TestLog.fill(log, 0, 5);
        AuditReport report = test.verify();
        assertThat(report.problem()).isEmpty();
        assertThat(report.uncovered()).isEqualTo(6);
    }

    @Test
    void manyRecordsAtOnce_areWrittenInOrder_withCheckpointsBetween() throws IOException {
        AuditLog log = test.open();
        List<Future<Void>> all = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            all.add(log.record(AuditEvent.ALARM, TestLog.detail(i)));
        }
        await(Future.all(all));
        await(log.close());
        assertThat(test.verify().problem()).isEmpty();
        List<JsonObject> lines = test.lines();
        assertThat(lines.stream()
                        .filter(line -> line.getString("event").equals("ALARM"))
                        .map(line -> line.getString("detail")))
                .containsExactlyElementsOf(java.util.stream.IntStream.range(0, 2_500)
                        .mapToObj(i -> "number " + i)
                        .toList());
        assertThat(lines.stream()
                        .filter(line -> line.getString("event").equals("CHECKPOINT"))
                        .count())
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void file_thatIsLongEnough_isFollowedByAnother_andTheChainGoesOn() throws IOException {
        AuditLog log = test.open();
        TestLog.fill(log, 0, 700);
        await(log.close());
        assertThat(new AuditFolder(test.folder).files()).hasSizeGreaterThan(2);
        assertThat(test.verify().problem()).isEmpty();
        JsonObject first = new JsonObject(Files.readAllLines(test.file(2)).get(0));
        List<String> before = Files.readAllLines(test.file(1));
        assertThat(first.getString("previousHash"))
                .isEqualTo(new JsonObject(before.get(before.size() - 1)).getString("hash"));
    }

    @Test
    void filesBeyondThoseKept_areRemoved_andTheLogSaysSo() throws IOException {
        AuditLog log = await(test.opening(AuditFiles.DISK, 64 << 10, 2, AuditFailurePolicy.STOP));
        TestLog.fill(log, 0, 1_000);
        await(log.close());
        assertThat(new AuditFolder(test.folder).files()).hasSize(2).doesNotContainKey(1);
        assertThat(test.verify().problem()).isEmpty();
        Files.delete(new AuditFolder(test.folder).files().values().iterator().next());
        assertThat(test.problem(test.folder)).contains("the file is missing");
    }

    @Test
    void restart_goesOnInANewFile() throws IOException {
        AuditLog log = test.open();
        TestLog.fill(log, 0, 3);
        await(log.close());
        AuditLog again = test.open();
        TestLog.fill(again, 3, 3);
        await(again.close());
        assertThat(test.verify().problem()).isEmpty();
        assertThat(test.verify().files()).isEqualTo(2);
        assertThat(test.lines().stream().map(line -> line.getInteger("seq")))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    /** As after a crash amid a line: nobody was answered for that record. */
    @Test
    void restart_behindATornLine_saysSoInANewFile() throws IOException {
        AuditLog log = test.open();
        TestLog.fill(log, 0, 3);
        crash();
        Files.writeString(test.file(1), "{\"v\":1,\"seq\":4,\"ti", StandardOpenOption.APPEND);
        assertThat(test.problem(test.folder)).startsWith("audit-00000001.jsonl:5: the line has no end");
        AuditLog again = test.open();
        await(again.close());
        AuditReport report = test.verify();
        assertThat(report.problem()).isEmpty();
        assertThat(report.adopted()).containsExactly(new AuditReport.Adopted(0, 3));
        JsonObject first = new JsonObject(Files.readAllLines(test.file(2)).get(0));
        assertThat(first.getInteger("tornBytes")).isEqualTo(18);
        Files.writeString(test.file(1), "x", StandardOpenOption.APPEND);
        assertThat(test.problem(test.folder)).startsWith("audit-00000001.jsonl:5: the file's end is not what");
        assertThat(log.lost()).isZero();
    }

    /** Its folder is copied while the first log still holds the lock, as a crash would leave it. */
    private void crash() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("crashed"));
        for (Path file : new AuditFolder(test.folder).files().values()) {
            Files.copy(file, copy.resolve(file.getFileName()));
        }
        Files.move(test.folder, folder.resolve("before"));
        Files.move(copy, test.folder);
    }

    @Test
    void restart_behindALineThatWasChanged_isRefused_namingIt() throws IOException {
        AuditLog log = test.open();
        TestLog.fill(log, 0, 3);
        await(log.close());
        Files.writeString(test.file(1), Files.readString(test.file(1)).replace("number 1", "number 9"));
        assertThat(failure(test.opening(AuditFiles.DISK, 64 << 10, 0, AuditFailurePolicy.STOP)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("audit-00000001.jsonl:3");
    }

    @Test
    void folder_thatAnotherWritesTo_isRefused() {
        test.open();
        assertThat(failure(test.opening(AuditFiles.DISK, 64 << 10, 0, AuditFailurePolicy.STOP)))
                .hasMessageContaining("another orchestrator writes there");
    }

    @Test
    void folder_inAFolderThatIsNotThere_isRefused() {
        TestLog nowhere = new TestLog(folder.resolve("missing"));
        assertThat(failure(nowhere.opening(AuditFiles.DISK, 64 << 10, 0, AuditFailurePolicy.STOP)))
                .hasMessageContaining("audit: no log can be kept in");
        nowhere.close();
    }

    /** Whoever waits for his record is refused; once there is room, the log goes on, and is whole. */
    @Test
    void diskFull_stopsIssuing_untilThereIsRoom() throws IOException {
        FullDisk disk = new FullDisk();
        AuditLog log = test.open(disk, AuditFailurePolicy.STOP);
        TestLog.fill(log, 0, 3);
        disk.leave(100);
        assertThat(failure(log.record(AuditEvent.ALARM, TestLog.detail(3))))
                .isInstanceOf(AuditUnavailableException.class);
        assertThat(log.mayIssue()).isFalse();
        assertThat(failure(log.record(AuditEvent.ALARM, TestLog.detail(4))))
                .isInstanceOf(AuditUnavailableException.class);
        assertThat(test.noticed.of(Alarm.AUDIT_FAILED)).isEqualTo(1);
        disk.leave(1 << 20);
        await().until(log::mayIssue);
        TestLog.fill(log, 5, 1);
        await(log.close());
        assertThat(test.verify().problem()).isEmpty();
        assertThat(test.lines().stream().filter(line -> line.getString("event").equals("RECORDS_LOST")))
                .singleElement()
                .satisfies(line -> assertThat(line.getInteger("count")).isEqualTo(2));
    }

    @Test
    void diskFull_whereTheOrchestratorGoesOn_losesRecords_andSaysHowMany() throws IOException {
        FullDisk disk = new FullDisk();
        AuditLog log = test.open(disk, AuditFailurePolicy.CONTINUE);
        disk.leave(0);
        TestLog.fill(log, 0, 3);
        assertThat(log.mayIssue()).isTrue();
        assertThat(log.lost()).isEqualTo(3);
        disk.leave(1 << 20);
        await().untilAsserted(() -> assertThat(test.lines().toString()).contains("RECORDS_LOST"));
        TestLog.fill(log, 3, 1);
        await(log.close());
        assertThat(test.verify().problem()).isEmpty();
    }

    /** Amid a load, at whatever byte the disk is full: what was told to be written is there, each once and in a log that is whole. */
    @Test
    void diskFull_underLoad_losesNothingThatWasTold() throws IOException {
        FullDisk disk = new FullDisk();
        AuditLog log = test.open(disk, AuditFailurePolicy.STOP);
        List<String> told = new ArrayList<>();
        AtomicInteger refused = new AtomicInteger();
        for (int round = 0; round < 3; round++) {
            disk.leave(20_000 + 777L * round);
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                String name = "number " + (1_000 * round + i);
                all.add(log.record(AuditEvent.ALARM, TestLog.detail(1_000 * round + i))
                        .onSuccess(done -> told.add(name))
                        .onFailure(failure -> refused.incrementAndGet()));
            }
            await(Future.join(all).otherwiseEmpty());
            disk.leave(Long.MAX_VALUE);
            await().until(log::mayIssue);
        }
        await(log.close());
        assertThat(refused.get()).isPositive();
        assertThat(test.verify().problem()).isEmpty();
        assertThat(test.lines().stream().map(line -> line.getString("detail", "")))
                .containsAll(told);
    }

    /** An open file could be written on after its folder went, and nobody would ever find it. */
    @Test
    void folderGone_stopsIssuing_untilItIsBack() throws IOException {
        AuditLog log = test.open();
        TestLog.fill(log, 0, 3);
        Path away = Files.move(test.folder, folder.resolve("away"));
        assertThat(failure(log.record(AuditEvent.ALARM, TestLog.detail(3))))
                .isInstanceOf(AuditUnavailableException.class);
        Files.move(away, test.folder);
        await().until(log::mayIssue);
        await(log.close());
        assertThat(test.verify().problem()).isEmpty();
    }

    /** What an orchestrator wrote and does not find again, it does not write over. */
    @Test
    void filesTakenAway_areMissedByWhoVerifies() throws IOException {
        AuditLog log = test.open();
        TestLog.fill(log, 0, 3);
        Files.delete(test.file(1));
        failure(log.record(AuditEvent.ALARM, TestLog.detail(3)));
        await().until(log::mayIssue);
        await(log.close());
        assertThat(test.problem(test.folder)).isEqualTo("audit-00000001.jsonl: the file is missing");
    }

    /** As in a token that was pulled out: nobody may wait for ever for what cannot be signed. */
    @Test
    void checkpoint_thatCannotBeSigned_isAFailureThatIsTold_andGoesOnOnceItCan() {
        SigningKey inMemory = SigningKey.generate();
        AtomicBoolean gone = new AtomicBoolean();
        SigningKey elsewhere = SigningKey.by(new FickleSigner(inMemory, gone), inMemory.verifyingKey());
        try (TestLog fickle = new TestLog(folder, elsewhere)) {
            AuditLog log = fickle.open();
            gone.set(true);
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < 2_500; i++) {
                all.add(log.record(AuditEvent.ALARM, TestLog.detail(i)));
            }
            assertThat(failure(Future.join(all))).isInstanceOf(AuditUnavailableException.class);
            assertThat(all).allMatch(Future::isComplete);
            assertThat(fickle.noticed.alarms().get(Alarm.AUDIT_FAILED)).isPositive();
            gone.set(false);
            await().until(log::mayIssue);
            await(log.record(AuditEvent.ALARM, TestLog.detail(0)));
            await(log.close());
            assertThat(fickle.verify().problem()).isEmpty();
        }
    }

    private record FickleSigner(SigningKey key, AtomicBoolean gone) implements Signer {
        @Override
        public byte[] sign(byte[] message) {
            if (gone.get()) {
                throw new IllegalStateException("the token is gone");
            }
            return key.sign(message);
        }

        @Override
        public void close() {
            key.close();
        }
    }
}
