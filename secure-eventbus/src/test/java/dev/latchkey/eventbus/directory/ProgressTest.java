// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final Progress progress = new Progress();

    @Test
    void isBehind_allInOrder_isFalse() {
        progress.arrived("a", 1);
        progress.arrived("a", 2);
        progress.known("a", 2);
        assertThat(progress.isBehind()).isFalse();
        assertThat(progress.have()).containsExactly(Map.entry("a", 2L));
    }

    @Test
    void isBehind_oneMissing_isTrueUntilCaughtUp() {
        progress.arrived("a", 1);
        progress.arrived("a", 3);
        assertThat(progress.isBehind()).isTrue();
        progress.caughtUp(Map.of("a", 2L));
        assertThat(progress.isBehind()).isTrue();
        progress.caughtUp(Map.of("a", 3L));
        assertThat(progress.isBehind()).isFalse();
    }

    @Test
    void isBehind_lastOneMissing_showsByTheNextBeat() {
        progress.known("a", 1);
        assertThat(progress.isBehind()).isTrue();
        assertThat(progress.heard()).containsExactly(Map.entry("a", 1L));
        assertThat(progress.have()).containsExactly(Map.entry("a", 0L));
    }

    @Test
    void isBehind_stranger_isBehindFromItsFirstNumberOn() {
        progress.arrived("b", 5);
        assertThat(progress.isBehind()).isTrue();
    }

    @Test
    void arrived_twice_changesNothing() {
        progress.arrived("a", 1);
        progress.arrived("a", 2);
        progress.arrived("a", 1);
        assertThat(progress.have()).containsExactly(Map.entry("a", 2L));
    }

    @Test
    void publishers_beyondTheBound_areForgotten() {
        for (int i = 0; i < Progress.MAX_PUBLISHERS + 5; i++) {
            progress.arrived("p" + i, 1);
        }
        assertThat(progress.have()).hasSize(Progress.MAX_PUBLISHERS).doesNotContainKey("p0");
    }
}
