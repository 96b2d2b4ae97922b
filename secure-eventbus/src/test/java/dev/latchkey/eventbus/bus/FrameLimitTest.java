// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.SecureEventBusOptions;
import org.junit.jupiter.api.Test;

/** One JVM has one limit: that of whoever needs most. */
class FrameLimitTest {
    private final FrameLimit limit = new FrameLimit();

    @Test
    void isExceededBy_nobodyAsked_isTheDefault() {
        assertThat(limit.isExceededBy(SecureEventBusOptions.DEFAULT_MAX_FRAME_SIZE))
                .isFalse();
        assertThat(limit.isExceededBy(SecureEventBusOptions.DEFAULT_MAX_FRAME_SIZE + 1))
                .isTrue();
    }

    @Test
    void isExceededBy_severalAsked_isTheLargest() {
        limit.ask(20_000);
        limit.ask(30_000);
        limit.ask(16_384);
        assertThat(limit.isExceededBy(30_000)).isFalse();
        assertThat(limit.isExceededBy(30_001)).isTrue();
    }
}
