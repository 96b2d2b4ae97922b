// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which of two states of a key line is the older one, that somebody may have put back. */
class KeyLineRollbackTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final KeyLine line = KeyLine.start(NOW, INTERVAL);

    @Test
    void line_isNotBehindItself() {
        assertThat(line.isBehind(line)).isFalse();
        assertThat(line.isBehind(KeyLine.fromBytes(line.toBytes()))).isFalse();
    }

    @Test
    void line_isBehindOneOfHigherNumbers() {
        KeyLine later = line.replaced(NOW + 1, INTERVAL);
        assertThat(line.isBehind(later)).isTrue();
        assertThat(later.isBehind(line)).isFalse();
    }

    /** A rotation before its time makes no new number, so the number alone would not tell. */
    @Test
    void line_isBehindOneWhoseNextKeyBeginsSooner() {
        KeyLine later = line.hastened(NOW + 1_000, NOW);
        assertThat(later.highest()).isEqualTo(line.highest());
        assertThat(line.isBehind(later)).isTrue();
        assertThat(later.isBehind(line)).isFalse();
    }
}
