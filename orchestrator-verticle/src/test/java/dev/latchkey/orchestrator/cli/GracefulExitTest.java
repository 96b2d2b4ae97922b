// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.eventbus.SecureVerticle;
import io.vertx.core.Future;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The outermost main, in a JVM of its own: it really ends. */
@Timeout(120)
final class GracefulExitTest {
    private static final long PATIENCE_SECONDS = 60;

    private static Process start(Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jdkFlags());
        command.add("-Dhazelcast.logging.type=slf4j");
        // Tests may log otherwise; this is about what users see.
        command.add("-Dlogback.configurationFile=logback.xml");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LatchkeyCommand.class.getName()));
        List.of(arguments).forEach(argument -> command.add(argument.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** What the launch script sets on new JDKs, which would otherwise warn of what their libraries do. */
    private static List<String> jdkFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--"))
                .toList();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void main_sigterm_stopsTheOrchestratorWithZero(@TempDir Path folder) throws Exception {
        TestDomain domain = TestDomain.in(folder);
        Process process = start("orchestrator", "--config", domain.home().orchestrator());
        try (BufferedReader output = output(process)) {
            assertThat(output.lines().filter(line -> line.contains("is ready")).findFirst())
                    .isPresent();
            // Of the handle: Process.destroy would also close the streams that are read below.
            process.toHandle().destroy();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void main_noOrchestrator_endsByItself(@TempDir Path folder) throws Exception {
        TestDomain domain = TestDomain.in(folder);
        domain.issue("greeter");
        Process process = start(
                "run",
                Greeter.class.getName(),
                "--service",
                "greeter",
                "--dir",
                domain.home().dir(),
                "--cluster",
                domain.node(),
                "--config",
                domain.impatient());
        try (BufferedReader output = output(process)) {
            assertThat(output.lines()).hasSize(1).first().asString().startsWith("latchkey: no orchestrator");
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void main_portInUse_printsOneLineAndNothingElse(@TempDir Path folder) throws Exception {
        TestDomain domain = TestDomain.in(folder);
        try (ServerSocket taken = new ServerSocket(domain.port(), 1, InetAddress.getLoopbackAddress())) {
            Process process = start("orchestrator", "--config", domain.home().orchestrator());
            try (BufferedReader output = output(process)) {
                assertThat(output.lines()).hasSize(1).first().asString().contains("in use", "" + taken.getLocalPort());
            }
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
        }
    }

    @Test
    void main_sigtermWhileJoining_isOneLineAtOnce(@TempDir Path folder) throws Exception {
        TestDomain domain = TestDomain.in(folder);
        domain.issue("greeter");
        Process process = start(
                "run",
                Announcing.class.getName(),
                "--service",
                "greeter",
                "--dir",
                domain.home().dir(),
                "--cluster",
                domain.node());
        try (BufferedReader output = output(process)) {
            assertThat(output.readLine()).isEqualTo("joining");
            // Of the handle: Process.destroy would also close the streams that are read below.
            process.toHandle().destroy();
            assertThat(output.lines()).containsExactly("latchkey: stopped before it was ready");
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void main_usageError_endsWithTwo() throws Exception {
        Process process = start("orchestrator", "--confg", "x");
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
    }

    /** Tells when it is about to join. */
    public static final class Announcing extends SecureVerticle {
        @Override
        protected SecureEventBusOptions options() {
            System.out.println("joining");
            return super.options();
        }

        @Override
        protected Future<?> start(SecureEventBus bus) {
            return Future.succeededFuture();
        }
    }
}
