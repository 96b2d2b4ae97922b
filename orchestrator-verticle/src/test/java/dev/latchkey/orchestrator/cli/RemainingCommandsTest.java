// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands that ask nobody, and what holds for all. */
final class RemainingCommandsTest {
    private final Console console = new Console();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path policy(String name, String part, String changed) throws IOException {
        return Files.writeString(
                folder.resolve(name), Resource.text("policy.yaml").replace(part, changed));
    }

    @Test
    void diff_namesWhomItConcerns() throws IOException {
        Path before = policy("a.yaml", "", "");
        Path after = policy("b.yaml", "addresses: [greeting.hello]", "{addresses: [greeting.hello], mode: permissive}");
        assertThat(console.run("policy", "diff", before, after)).isZero();
        assertThat(console.out().lines())
                .containsExactly(
                        "operation greet (greeter, visitor)",
                        "  + greeting.hello mode strict -> permissive: plaintext still passes, and is counted");
    }

    @Test
    void diff_failIfLooser_endsWithOneForThatOnly() throws IOException {
        Path strict = policy("a.yaml", "", "");
        Path loose = policy("b.yaml", "addresses: [greeting.hello]", "{addresses: [greeting.hello], mode: permissive}");
        assertThat(console.run("policy", "diff", strict, loose, "--fail-if-looser"))
                .isEqualTo(1);
        assertThat(console.run("policy", "diff", loose, strict, "--fail-if-looser"))
                .isZero();
    }

    @Test
    void diff_same_saysSo() throws IOException {
        Path file = policy("a.yaml", "", "");
        assertThat(console.run("policy", "diff", file, file)).isZero();
        assertThat(console.out().strip()).isEqualTo("nothing would change");
    }

    @Test
    void diff_json_isTheDiff() throws IOException {
        Path file = policy("a.yaml", "", "");
        assertThat(console.run("policy", "diff", file, file, "--json")).isZero();
        assertThat(new JsonObject(console.out()).getBoolean("loosens")).isFalse();
    }

    @Test
    void explain_offline_endsByTheVerdict() throws IOException {
        Path file = policy("a.yaml", "", "");
        assertThat(console.run("policy", "explain", "visitor", "greet", "--policy", file))
                .isZero();
        assertThat(console.out()).startsWith("visitor may invoke greet");
        assertThat(console.run("policy", "explain", "visitor", "buy", "--policy", file))
                .isEqualTo(1);
        assertThat(console.out()).contains("policy knows no operation 'buy'; it knows greet");
    }

    @Test
    void classpath_isOursAsItIs() {
        assertThat(console.run("classpath")).isZero();
        assertThat(console.out().strip()).isEqualTo(System.getProperty("java.class.path"));
    }

    @Test
    void completion_ofBash_completesCommandsAndOptions() throws Exception {
        assertThat(console.run("completion", "bash")).isZero();
        Path script = Files.writeString(folder.resolve("completion.bash"), console.out());
        assertThat(completed(script, "latchkey", "quara")).contains("quarantine");
        assertThat(completed(script, "latchkey", "policy", "dif")).contains("diff");
        assertThat(completed(script, "latchkey", "revoke", "--inst")).contains("--instance");
    }

    /** What bash would offer for the last word. */
    private static String completed(Path script, String... words) throws Exception {
        String line = "source '" + script + "'; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                + (words.length - 1) + "; $(complete -p latchkey | sed 's/.*-F \\([^ ]*\\).*/\\1/') latchkey "
                + words[words.length - 1] + "; echo \"${COMPREPLY[@]}\"";
        Process bash =
                new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return out;
    }

    @Test
    void completion_ofZsh_saysHowItIsLoadedThere() {
        assertThat(console.run("completion", "zsh")).isZero();
        assertThat(console.out()).contains("ZSH_VERSION", "bashcompinit");
    }

    @Test
    void completion_ofAnotherShell_isAWrongCommand() {
        assertThat(console.run("completion", "fish")).isEqualTo(2);
        assertThat(console.errLines()).singleElement().asString().contains("use bash or zsh");
    }

    static Stream<CommandLine> commands() {
        return all(LatchkeyCommand.line()).filter(line -> line.getSubcommands().isEmpty());
    }

    private static Stream<CommandLine> all(CommandLine line) {
        return Stream.concat(
                Stream.of(line), line.getSubcommands().values().stream().flatMap(RemainingCommandsTest::all));
    }

    /** A help that cannot be typed teaches nothing: every example is one that the command would take. */
    @ParameterizedTest
    @MethodSource("commands")
    void help_hasExamplesThatParse(CommandLine command) {
        String[] footer = command.getCommandSpec().usageMessage().footer();
        Stream<String> examples = Stream.of(footer).filter(line -> line.startsWith("  latchkey "));
        assertThat(examples)
                .as("examples of %s", command.getCommandSpec().qualifiedName())
                .isNotEmpty()
                .allSatisfy(RemainingCommandsTest::parse);
    }

    private static void parse(String example) {
        String[] words = example.strip().split(" +");
        String[] arguments = Stream.of(words).skip(1).toArray(String[]::new);
        LatchkeyCommand.line().parseArgs(arguments);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_tellsTheExitCodes(CommandLine command) {
        assertThat(command.getUsageMessage()).contains("Exit codes:", "3   no orchestrator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NO_COLOR=1", "TERM=dumb"})
    void colours_whoDoesNotWantThem_getsNone(String variable) {
        String[] parts = variable.split("=");
        assertThat(SystemTerminal.mayColour(Map.of(parts[0], parts[1]))).isFalse();
        assertThat(SystemTerminal.mayColour(Map.of("NO_COLOR", "", "TERM", "xterm")))
                .isTrue();
    }

    @Test
    void progress_isToldWhileItLasts() {
        StringWriter err = new StringWriter();
        Duration soon = Duration.ofMillis(5);
        try (Progress progress = Progress.of(new PrintWriter(err, true), "asking", soon, soon)) {
            Awaitility.await().until(() -> err.toString().lines().count() >= 2);
        }
        assertThat(err.toString()).startsWith("latchkey: still asking, for 0 s");
    }

    @Test
    void progress_shortThings_tellNothing() {
        StringWriter err = new StringWriter();
        Progress.of(new PrintWriter(err, true), "asking").close();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void table_alignsWithoutBlanksAtTheEnd() {
        Table table = new Table(List.of("A", "LONG", "C"));
        table.add(List.of("wide one", "x", ""));
        assertThat(table.lines()).containsExactly("A         LONG  C", "wide one  x");
    }
}
