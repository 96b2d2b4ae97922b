// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.examples.TutorialSteps.Kind;
import dev.latchkey.examples.TutorialSteps.Step;
import dev.latchkey.orchestrator.cluster.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial works: what it says is done, in an empty folder, with JVMs of their own. */
class TutorialTest {
    private static final Path TUTORIAL = Path.of("..", "docs", "tutorial.md");
    private static final int MOST_LINES = 20;

    @Test
    @Timeout(600)
    void tutorial_inAnEmptyFolder_works(@TempDir Path folder, @TempDir Path bin) throws Exception {
        Map<Integer, Integer> ports =
                Map.of(5701, FreePort.on("127.0.0.1"), 5702, FreePort.on("127.0.0.1"), 8600, FreePort.on("127.0.0.1"));
        try (TutorialShell shell = new TutorialShell(folder, bin, ports)) {
            for (Step step : TutorialSteps.in(Files.readString(TUTORIAL))) {
                take(step, shell);
            }
        }
    }

    private static void take(Step step, TutorialShell shell) throws IOException, InterruptedException {
        switch (step.kind()) {
            case FILE -> shell.write(step.name(), step.text());
            case TERMINAL -> shell.start(step.name(), step.text());
            case RUN -> shell.run(step.text());
            case STOP -> List.of(step.name().split(", ")).forEach(shell::stop);
            case SHOWS -> step.text().lines().forEach(line -> show(step.name(), line, shell));
            case UNTIL -> {
                shell.await(step.name());
                shell.run(step.text());
            }
        }
    }

    private static void show(String terminal, String line, TutorialShell shell) {
        if (terminal.isEmpty()) {
            shell.requireShown(line);
        } else {
            shell.awaitShown(terminal, line);
        }
    }

    @Test
    void verticles_ofTheFirstPart_areShort() throws IOException {
        assertThat(TutorialSteps.in(Files.readString(TUTORIAL)))
                .filteredOn(step -> step.kind() == Kind.FILE && step.name().endsWith(".java"))
                .hasSize(4)
                .allSatisfy(step -> assertThat(step.text().lines()).hasSizeLessThanOrEqualTo(MOST_LINES));
    }

    @Test
    void steps_areReadInOrder() {
        String markdown = """
                text
                ```yaml
                not: run
                ```
                <!-- file: a.txt -->
                ```text
                content
                ```
                ```sh
                ls
                ```
                <!-- stop: one, two -->
                <!-- shows: one -->

                ```text
                line
                ```
                """;
        assertThat(TutorialSteps.in(markdown))
                .containsExactly(
                        new Step(Kind.FILE, "a.txt", "content\n"),
                        new Step(Kind.RUN, "", "ls\n"),
                        new Step(Kind.STOP, "one, two", ""),
                        new Step(Kind.SHOWS, "one", "line\n"));
    }

    @Test
    void steps_commentWithoutItsBlock_isAMistake() {
        assertThatIllegalArgumentException().isThrownBy(() -> TutorialSteps.in("<!-- shows -->\ntext\n```sh\nls\n```"));
    }
}
