// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Pauses grow, stay bounded, and are drawn whole. */
class BackoffTest {
    @Test
    void pause_doublesUpToItsBound() {
        Backoff backoff = new Backoff(500, 15_000, () -> 1);
        assertThat(LongStream.of(1, 2, 3, 4, 5, 6, 7, 1000).map(failures -> backoff.pause((int) failures)))
                .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 15_000L, 15_000L, 15_000L);
    }

    @Test
    void pause_isDrawnFromNothingToItsBound() {
        assertThat(new Backoff(500, 15_000, () -> 0).pause(9)).isEqualTo(1);
        assertThat(new Backoff(500, 15_000, () -> 0.5).pause(9)).isEqualTo(7_500);
    }
}
