// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LatchkeyCommandTest {
    private final Console console = new Console();

    @Test
    void run_help_namesEverySubcommand() {
        assertThat(console.run("--help")).isZero();
        assertThat(console.out()).contains("init", "orchestrator", "credential", "policy", "run");
        assertThat(console.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"init", "orchestrator", "credential", "credential issue", "policy check", "run"})
    void run_helpOfSubcommand_isShown(String subcommand) {
        assertThat(console.run((Object[]) (subcommand + " --help").split(" "))).isZero();
        assertThat(console.out()).startsWith("Usage: latchkey " + subcommand).contains("--debug");
    }

    @Test
    void run_version_isOneLine() {
        assertThat(console.run("--version")).isZero();
        assertThat(console.out()).isEqualTo("latchkey dev" + System.lineSeparator());
    }

    @Test
    void run_nothing_isUsage() {
        assertThat(console.run()).isEqualTo(2);
        assertThat(console.err()).startsWith("Usage: latchkey");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void run_misspeltSubcommand_isOneLineWithGuess() {
        assertThat(console.run("orchestrater")).isEqualTo(2);
        assertThat(console.errLines())
                .containsExactly(
                        "latchkey: Unmatched argument at index 0: 'orchestrater'; did you mean 'orchestrator'?;"
                                + " see 'latchkey --help'");
    }

    @Test
    void run_missingOption_isOneLine() {
        assertThat(console.run("credential", "issue")).isEqualTo(2);
        assertThat(console.errLines())
                .containsExactly("latchkey: Missing required option: '--service=NAME'; see 'latchkey credential issue"
                        + " --help'");
    }

    @Test
    void run_groupWithoutSubcommand_isOneLine() {
        assertThat(console.run("policy")).isEqualTo(2);
        assertThat(console.errLines())
                .containsExactly("latchkey: Missing required subcommand; see 'latchkey policy --help'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--debug policy check none.yaml", "policy check none.yaml --debug"})
    void run_debug_showsWhere(String arguments) {
        assertThat(console.run((Object[]) arguments.split(" "))).isEqualTo(1);
        assertThat(console.errLines()).hasSizeGreaterThan(1).anyMatch(line -> line.contains("PolicyFile.load"));
    }

    @Test
    void run_commandOfAnotherModule_isFound(@TempDir Path folder) throws IOException {
        withService(folder, () -> assertThat(console.run("probe")).isEqualTo(7));
        assertThat(console.out()).contains("probed");
    }

    @Test
    void run_commandOfAnotherModuleFails_isOneLine(@TempDir Path folder) throws IOException {
        withService(folder, () -> assertThat(console.run("probe", "--fail")).isEqualTo(1));
        assertThat(console.errLines())
                .containsExactly("latchkey: unexpected failure: java.lang.IllegalStateException: two lines; --debug"
                        + " shows where");
    }

    private static void withService(Path folder, Runnable test) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(CliCommand.class.getName()), ProbeCommand.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            test.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
