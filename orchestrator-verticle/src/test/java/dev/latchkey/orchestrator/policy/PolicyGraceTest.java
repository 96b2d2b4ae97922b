// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long tokens may be used past their end, as a policy says it. */
final class PolicyGraceTest {
    private static final String DEFAULTS = "defaults:\n";
    private static final String OPERATION = "    failover: [image.backup.process]\n";

    @TempDir
    private Path directory;

    private OperationPolicy operation(String text, String name) {
        return requireNonNull(PolicyText.load(directory, text).operations().get(name));
    }

    @Test
    void unset_isNone() {
        OperationPolicy operation = operation(PolicyText.GOOD, "process_image");
        assertThat(operation.outageGrace()).isZero();
        assertThat(operation.longestUse()).isEqualTo(operation.tokenLifetime());
    }

    @Test
    void default_isOfEveryOperationWithoutOne() {
        String text = PolicyText.with(DEFAULTS, DEFAULTS + "  outageGrace: 10m\n")
                .replace(OPERATION, OPERATION + "    outageGrace: 0s\n");
        assertThat(operation(text, "calculate_risk").longestUse()).isEqualTo(Duration.ofMinutes(15));
        assertThat(operation(text, "process_image").outageGrace()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "25h, outageGrace '25h' is too long; write at most 1d",
        "soon, '''soon'' is no time; write a positive whole number and a unit, such as 500ms, 30s, 5m, 1h or 2d'"
    })
    void value_thatIsNone_isRefused(String value, String problem) {
        assertThat(PolicyText.problems(directory, PolicyText.with(OPERATION, "    outageGrace: " + value + "\n")))
                .containsExactly("conf/policy.yaml:12: operations.process_image.outageGrace: " + problem);
    }
}
