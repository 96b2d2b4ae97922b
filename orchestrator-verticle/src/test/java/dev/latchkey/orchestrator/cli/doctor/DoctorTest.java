// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.orchestrator.cluster.ClusterNode;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import dev.latchkey.orchestrator.cluster.FreePort;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each check, with what it looks for there and not there. */
final class DoctorTest {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @CsvSource({"11.0.2, FAIL", "17.0.1, OK", "25, OK"})
    void jdk_byItsVersion(String version, Level level) {
        assertThat(JdkCheck.look(Runtime.Version.parse(version)).level()).isEqualTo(level);
    }

    @Test
    void flags_newJdkWithoutThem_isWarnedOf() {
        List<String> all = List.of(
                "-Xmx1g",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dio.netty.noUnsafe=false",
                "--enable-native-access=ALL-UNNAMED");
        assertThat(new JdkFlags(25, all).look().level()).isEqualTo(Level.OK);
        assertThat(new JdkFlags(17, List.of()).look().level()).isEqualTo(Level.OK);
        Finding missing = new JdkFlags(25, all.subList(0, 2)).look();
        assertThat(missing.level()).isEqualTo(Level.WARN);
        assertThat(missing.seen())
                .isEqualTo("Java 25 without -Dio.netty.noUnsafe=false --enable-native-access=ALL-UNNAMED");
    }

    @ParameterizedTest
    @CsvSource({"1023, FAIL", "1024, WARN", "4095, WARN", "4096, OK"})
    void fileDescriptors_byTheirNumber(long most, Level level) {
        assertThat(FileDescriptors.judge(most).level()).isEqualTo(level);
    }

    @Test
    void entropy_smallPool_isWarnedOf() throws Exception {
        Path pool = Files.writeString(folder.resolve("pool"), "127\n");
        assertThat(entropy(pool, new SecureRandom()).level()).isEqualTo(Level.WARN);
        Files.writeString(pool, "128\n");
        assertThat(entropy(pool, new SecureRandom()).level()).isEqualTo(Level.OK);
        assertThat(entropy(folder.resolve("none"), new SecureRandom()).level()).isEqualTo(Level.OK);
    }

    @Test
    void entropy_thatDoesNotCome_fails() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        SecureRandom dry = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        Finding found = new EntropyCheck(folder, Duration.ofMillis(50), dry).look();
        never.countDown();
        assertThat(found.level()).isEqualTo(Level.FAIL);
    }

    private static Finding entropy(Path pool, SecureRandom random) throws InterruptedException {
        return new EntropyCheck(pool, Duration.ofSeconds(30), random).look();
    }

    @ParameterizedTest
    @CsvSource({
        "11:59:57, OK, 3 s ahead of",
        "12:00:04, OK, 4 s behind",
        "11:59:55, WARN, 5 s ahead of",
        "12:01:00, FAIL, 60 s behind",
        "10:00:00, FAIL, 7200 s ahead of"
    })
    void clock_byTheOrchestrators(String theirs, Level level, String seen) {
        Finding found = clock(NOW, List.of()).look(() -> Optional.of("Thu, 26 Nov 2026 " + theirs + " GMT"));
        assertThat(found.level()).isEqualTo(level);
        assertThat(found.seen()).startsWith(seen);
    }

    @Test
    void clock_byItself_isNotBeforeItsFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("settings"), "");
        Files.setLastModifiedTime(file, FileTime.from(NOW));
        assertThat(alone(NOW, file).level()).isEqualTo(Level.OK);
        assertThat(alone(NOW.minusSeconds(6), file).level()).isEqualTo(Level.FAIL);
        assertThat(alone(NOW.minusSeconds(6), folder.resolve("none")).level()).isEqualTo(Level.OK);
        assertThat(alone(Instant.EPOCH, folder.resolve("none")).level()).isEqualTo(Level.FAIL);
    }

    @Test
    void clock_dateThatIsNone_isNoDate() {
        assertThat(clock(NOW, List.of()).look(() -> Optional.of("yesterday")).seen())
                .contains("no orchestrator was asked");
    }

    private static Finding alone(Instant now, Path file) {
        return clock(now, List.of(file)).look(Optional::empty);
    }

    private static ClockCheck clock(Instant now, List<Path> files) {
        return new ClockCheck(Clock.fixed(now, ZoneOffset.UTC), files);
    }

    @ParameterizedTest
    @CsvSource({"rw-------, OK", "r--------, OK", "rw-r-----, FAIL", "rw----r--, FAIL", "rw--w----, FAIL"})
    void secret_isItsOwnersAlone(String permissions, Level level) throws IOException {
        Path file = Files.writeString(folder.resolve("keys.p12"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        Finding found = SecretFile.look(file);
        assertThat(found.level()).isEqualTo(level);
        assertThat(found.fix()).isEqualTo(level == Level.OK ? "" : "chmod 600 " + file);
    }

    @Test
    void secret_thatIsNotThere_fails() {
        assertThat(SecretFile.look(folder.resolve("none")).level()).isEqualTo(Level.FAIL);
    }

    @Test
    void loads_failure_isSplitIntoProblemAndFix() {
        Finding found = LoadCheck.look("policy", () -> {
            throw new IllegalArgumentException("a: is wrong; write b\nc: is wrong; write d");
        });
        assertThat(found).isEqualTo(Finding.fail("policy", "a: is wrong", "write b | c: is wrong; write d"));
        assertThat(LoadCheck.look("policy", () -> {}).level()).isEqualTo(Level.OK);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, OK", "0.0.0.0, FAIL", "192.0.2.1, FAIL", "no-such-host.invalid, FAIL"})
    void host_isOneOfThisMachine(String host, Level level) {
        assertThat(new HostCheck(host).look().level()).isEqualTo(level);
    }

    @Test
    void names_thatDoNotResolve_fail() {
        assertThat(new NamesCheck(List.of("127.0.0.1:5701", "localhost")).look().level())
                .isEqualTo(Level.OK);
        Finding found = new NamesCheck(List.of("127.0.0.1:5701", "no-such-host.invalid:5701")).look();
        assertThat(found.level()).isEqualTo(Level.FAIL);
        assertThat(found.seen()).startsWith("no-such-host.invalid ");
    }

    @Test
    void port_freeOrTakenBySomebodyElse() throws IOException {
        int port = FreePort.on(LOOPBACK);
        assertThat(port(port).level()).isEqualTo(Level.OK);
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Thread deaf = new Thread(() -> close(taken));
            deaf.start();
            assertThat(port(port).level()).isEqualTo(Level.FAIL);
        }
    }

    /** Whoever listens there says nothing, and hangs up. */
    private static void close(ServerSocket taken) {
        try {
            taken.accept().close();
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void cluster_thereOrNot_isToldFromAMember() throws Exception {
        ClusterSettings settings = ClusterSettings.loopback("doctor", FreePort.on(LOOPBACK), 1);
        ClusterSettings node = ClusterSettings.loopback("doctor", FreePort.on(LOOPBACK), settings.port());
        assertThat(members(node, false).level()).isEqualTo(Level.FAIL);
        assertThat(members(node, true).level()).isEqualTo(Level.WARN);
        Vertx vertx = ClusterNode.start(settings)
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        try {
            assertThat(members(node, false)).isEqualTo(Finding.ok("cluster", "1 of 1 nodes of cluster.members answer"));
            assertThat(port(settings.port()).level()).isEqualTo(Level.WARN);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void cluster_ofThisNodeAlone_isBegunByIt() {
        ClusterSettings alone = ClusterSettings.loopback("doctor", 5701, 5701);
        assertThat(members(alone, true).level()).isEqualTo(Level.OK);
    }

    private static Finding port(int port) {
        return new PortCheck("cluster.port", LOOPBACK, port).look();
    }

    private static Finding members(ClusterSettings settings, boolean begins) {
        return new MembersCheck(settings, begins).look();
    }

    @Test
    void look_checkThatBreaks_isAFindingToo() {
        List<Finding> found = new Doctor()
                .clock(
                        () -> {
                            throw new IllegalStateException("broken");
                        },
                        List.of())
                .look();
        assertThat(found).singleElement().extracting(Finding::level).isEqualTo(Level.FAIL);
    }
}
