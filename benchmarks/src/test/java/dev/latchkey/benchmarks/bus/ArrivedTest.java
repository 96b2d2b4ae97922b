// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A run that loses, doubles or refuses anything does not pass for a measurement. */
class ArrivedTest {
    @Test
    void problem_ofAllAndNoMore_isNone() {
        assertThat(new Arrived(10, 0).problem(10)).isNull();
    }

    @Test
    void problem_ofLess_isLoss() {
        assertThat(new Arrived(9, 0).problem(10)).contains("of 10 messages, 9 arrived");
    }

    @Test
    void problem_ofMore_isADouble() {
        assertThat(new Arrived(11, 0).problem(10)).contains("of 10 messages, 11 arrived");
    }

    @Test
    void problem_ofOneRefused_isToldThoughAllOthersArrived() {
        assertThat(new Arrived(10, 1).problem(10)).contains("refused so far: 1");
    }

    @Test
    void json_isReadAsItWasWritten() {
        assertThat(Arrived.fromJson(new Arrived(10, 1).toJson())).isEqualTo(new Arrived(10, 1));
    }
}
