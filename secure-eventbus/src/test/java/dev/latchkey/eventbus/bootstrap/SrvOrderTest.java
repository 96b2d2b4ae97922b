// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 2782, page 4: by priority, and among equals as the weights say. */
class SrvOrderTest {
    private static Srv srv(int priority, int weight, String target) {
        return new Srv(priority, weight, 8443, target, 5);
    }

    private static List<String> targets(List<Srv> records) {
        return records.stream().map(Srv::target).toList();
    }

    @Test
    void of_otherPriorities_lowestFirst() {
        List<Srv> records = List.of(srv(20, 100, "c"), srv(0, 0, "a"), srv(10, 5, "b"));
        assertThat(targets(SrvOrder.of(records, bound -> bound - 1))).containsExactly("a", "b", "c");
    }

    /** The running sums are 0 (a), 10 (b), 40 (c): 0 draws the first, 11 the third, and then 0 and 10 are left of 0 to 10. */
    @Test
    void of_equalPriorities_isDrawnByTheRunningSums() {
        List<Srv> records = List.of(srv(0, 10, "b"), srv(0, 30, "c"), srv(0, 0, "a"));
        Deque<Integer> drawn = new ArrayDeque<>(List.of(11, 10, 0));
        Deque<Integer> bounds = new ArrayDeque<>();
        List<Srv> ordered = SrvOrder.of(records, bound -> {
            bounds.add(bound);
            return drawn.remove();
        });
        assertThat(targets(ordered)).containsExactly("c", "b", "a");
        assertThat(bounds).containsExactly(41, 11, 1);
    }

    @Test
    void of_manyDraws_comeFirstAsOftenAsTheirWeights() {
        Random random = new Random(1);
        List<Srv> records = List.of(srv(0, 1, "a"), srv(0, 3, "b"), srv(0, 0, "never"));
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            first.merge(SrvOrder.of(records, random::nextInt).get(0).target(), 1, Integer::sum);
        }
        // Of 5 numbers, 0 draws the one without weight, 1 the first, 2 to 4 the second.
        assertThat(first.get("never")).isBetween(1_800, 2_200);
        assertThat(first.get("a")).isBetween(1_800, 2_200);
        assertThat(first.get("b")).isBetween(5_700, 6_300);
    }

    @Test
    void of_none_isNone() {
        assertThat(SrvOrder.of(List.of(), bound -> 0)).isEmpty();
    }
}
