// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everybody sends as much as anybody else. */
class TurnsTest {
    private static List<Integer> take(Turns turns, int count) {
        return IntStream.range(0, count).map(i -> turns.next()).boxed().toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1_000, 10_000, 100_000})
    void all_eachOnceInEachRound(int all) {
        Turns turns = new Turns(all, 0);
        for (int round = 0; round < 3; round++) {
            assertThat(new HashSet<>(take(turns, all))).hasSize(all);
        }
    }

    @Test
    void all_manyTimes_staysSo() {
        Turns turns = new Turns(10, 0);
        take(turns, 10 * Turns.EACH * 3);
        assertThat(new HashSet<>(take(turns, 10))).hasSize(10);
    }

    @Test
    void some_takeTurnsForAWhile_thenOthersDo() {
        Turns turns = new Turns(1_000, 100);
        Set<Integer> seen = new HashSet<>();
        for (int group = 0; group < 10; group++) {
            List<Integer> sent = take(turns, 100 * Turns.EACH);
            Set<Integer> members = new HashSet<>(sent);
            assertThat(members).hasSize(100);
            assertThat(seen).doesNotContainAnyElementsOf(members);
            assertThat(sent.subList(0, 100)).doesNotHaveDuplicates().isEqualTo(sent.subList(100, 200));
            seen.addAll(members);
        }
        assertThat(seen).hasSize(1_000);
    }

    @Test
    void some_moreThanThereAre_isAll() {
        assertThat(new HashSet<>(take(new Turns(10, 100), 10))).hasSize(10);
    }
}
