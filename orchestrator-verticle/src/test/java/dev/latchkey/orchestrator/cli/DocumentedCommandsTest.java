// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Alarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages tell people to type is something that the command takes, and no alarm is without advice. */
final class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("..");

    /** Commands of modules above this one, which are not on the class path here. */
    private static final Set<String> ELSEWHERE = Set.of("demo", "attack", "soak", "bench");

    static List<String> commands() throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            for (Path page : pages.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                collect(page, all);
            }
        }
        collect(ROOT.resolve("README.md"), all);
        return all;
    }

    /** Lines that are a command, indented or in a block, without comments and continuations. */
    private static void collect(Path page, List<String> into) throws IOException {
        Files.readAllLines(page).stream()
                .filter(line -> line.matches("( *)(LATCHKEY_\\w+=\\S+ )?(\\./)?latchkey [a-z].*"))
                .filter(line -> !line.endsWith("\\") && !line.contains("|"))
                .map(line -> line.replaceAll(" +#.*", "").strip())
                .forEach(into::add);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void command_ofADocument_parses(String command) {
        String[] words = command.substring(command.indexOf("latchkey ")).split(" +");
        if (!ELSEWHERE.contains(words[1]) && !command.contains("...")) {
            LatchkeyCommand.line().parseArgs(Stream.of(words).skip(1).toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @EnumSource
    void alarm_hasAdvice(Alarm alarm) throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("docs/operations.md")))
                .anyMatch(line -> line.startsWith("| `" + alarm + "`") && line.split("\\|").length == 4);
    }
}
