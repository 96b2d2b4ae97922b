// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyCommandTest {
    private static final Path SHIPPED = Path.of("..", "conf", "policy.yaml");

    private final Console console = new Console();

    @Test
    void check_goodPolicy_countsWhatIsInIt() {
        assertThat(console.run("policy", "check", SHIPPED)).isZero();
        assertThat(console.out())
                .isEqualTo("OK: " + SHIPPED + ": demo.latchkey, 3 operations, 3 services" + System.lineSeparator());
    }

    @Test
    void check_twoTypos_areTwoLines(@TempDir Path folder) throws IOException {
        String text =
                Resource.text("policy.yaml").replace("provides:", "provids:").replace("invokes:", "invoks:");
        Path file = Files.writeString(folder.resolve("p.yaml"), text);
        assertThat(console.run("policy", "check", file)).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly(
                        file + ":13: services.greeter.provids: unknown key 'provids'; did you mean 'provides'?",
                        file + ":15: services.visitor.invoks: unknown key 'invoks'; did you mean 'invokes'?");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void check_missingFile_isOneLine() {
        assertThat(console.run("policy", "check", "none.yaml")).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("none.yaml: there is no such file; create it or correct the path");
    }
}
