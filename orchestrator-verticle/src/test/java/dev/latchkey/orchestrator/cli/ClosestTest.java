// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClosestTest {
    private static final List<String> NAMES = List.of("gateway", "image", "risk", "risk-report");

    @ParameterizedTest
    @CsvSource({"gatway,gateway", "gateways,gateway", "imgae,image", "rsik,risk", "risk-reprot,risk-report"})
    void to_typingError_isWhatWasMeant(String text, String meant) {
        assertThat(Closest.to(text, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "billing", "gate-keeper-of-all"})
    void to_farFromAll_isNone(String text) {
        assertThat(Closest.to(text, NAMES)).isEmpty();
    }
}
