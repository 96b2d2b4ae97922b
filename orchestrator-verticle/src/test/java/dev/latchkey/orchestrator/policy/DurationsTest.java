// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "1ms, PT0.001S",
        "30s, PT30S",
        "5m, PT5M",
        "1h, PT1H",
        "2d, PT48H",
        "007s, PT7S",
        "3650d, PT87600H"
    })
    void parse_numberAndUnit_isTheirProduct(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "m", "5 m", " 5m", "5m ", "5M", "5min", "1.5h", "-5m", "+5m", "1h30m", "PT5M", "٥m"})
    void parse_otherFormat_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessage("'" + text + "' is no time; write a positive whole number and a unit, such as 500ms, 30s,"
                        + " 5m, 1h or 2d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "0ms", "000d"})
    void parse_zero_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessage("'" + text + "' is no time at all; write more than zero");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3651d", "87601h", "999999999999d", "999999999999h"})
    void parse_overTenYears_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessage("'" + text + "' is too long; write at most 3650d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "25h", "90m", "61s", "1500ms"})
    void format_isWhatParseReads(String text) {
        assertThat(Durations.format(Durations.parse(text))).isEqualTo(text);
    }
}
