// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.policy.ReplayScope;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who remembers what arrived, as a policy says it. */
final class PolicyReplayTest {
    private static final String DEFAULTS = "defaults:\n";
    private static final String OPERATION = "    failover: [image.backup.process]\n";

    @TempDir
    private Path directory;

    private ReplayScope scope(String text, String operation) {
        OperationPolicy found =
                requireNonNull(PolicyText.load(directory, text).operations().get(operation));
        return found.operation().replay();
    }

    @Test
    void unset_isEachNode() {
        assertThat(scope(PolicyText.GOOD, "process_image")).isEqualTo(ReplayScope.NODE);
    }

    @ParameterizedTest
    @EnumSource
    void default_isOfEveryOperationWithoutOne(ReplayScope replay) {
        String text = PolicyText.with(DEFAULTS, DEFAULTS + "  replay: " + replay + "\n");
        assertThat(scope(text, "process_image")).isEqualTo(replay);
        assertThat(scope(text, "calculate_risk")).isEqualTo(replay);
    }

    @ParameterizedTest
    @EnumSource
    void operation_hasItsOwn(ReplayScope replay) {
        String text = PolicyText.with(OPERATION, OPERATION + "    replay: " + replay + "\n");
        assertThat(scope(text, "process_image")).isEqualTo(replay);
        assertThat(scope(text, "calculate_risk")).isEqualTo(ReplayScope.NODE);
    }
}
