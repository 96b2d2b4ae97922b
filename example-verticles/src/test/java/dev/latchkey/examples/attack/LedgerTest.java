// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which messages of a handler's ledger are an attack that got through. */
class LedgerTest {
    @ParameterizedTest
    @CsvSource({"evil-1, 1, 1", "shot-1, 1, 0", "shot-1, 2, 1", "control-1, 1, 0", "twice-1, 2, 0", "twice-1, 3, 1"})
    void wrong_countsWhatNoHandlerShouldHaveGot(String id, int count, long wrong) {
        assertThat(Ledger.wrong(id, count)).isEqualTo(wrong);
    }
}
