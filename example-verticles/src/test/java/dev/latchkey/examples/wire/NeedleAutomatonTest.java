// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NeedleAutomatonTest {

    @Test
    void search_overlappingNeedles_countsEach() {
        assertThat(count(List.of("he", "she", "his", "hers"), "ushers his")).containsExactly(1, 1, 1, 1);
        assertThat(count(List.of("aa"), "aaaa")).containsExactly(3);
        assertThat(count(List.of("abab", "bab"), "ababab")).containsExactly(2, 2);
        assertThat(count(List.of("same", "same"), "same")).containsExactly(1, 1);
    }

    @Test
    void search_highBytes_areFound() {
        assertThat(count(List.of("\u00ff\u0000\u0080"), "\u00ff\u00ff\u0000\u0080\u00ff\u0000"))
                .containsExactly(1);
    }

    @Test
    void search_noNeedles_findsNothing() {
        assertThat(count(List.of(), "anything")).isEmpty();
    }

    /** Against the plain way of counting, on texts where near misses are the rule. */
    @Test
    void search_randomTexts_agreesWithPlainSearch() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            String text = letters(random, 300);
            List<String> needles = Stream.generate(() -> letters(random, 1 + random.nextInt(6)))
                    .limit(4)
                    .toList();
            assertThat(count(needles, text))
                    .isEqualTo(needles.stream()
                            .mapToInt(needle -> plain(needle, text))
                            .toArray());
        }
    }

    @Test
    void create_tooManyBytes_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new NeedleAutomaton(List.of(new byte[8193])));
    }

    private static int[] count(List<String> needles, String text) {
        NeedleAutomaton automaton = new NeedleAutomaton(
                needles.stream().map(needle -> needle.getBytes(ISO_8859_1)).toList());
        int[] counts = new int[needles.size()];
        int state = NeedleAutomaton.START;
        for (byte symbol : text.getBytes(ISO_8859_1)) {
            state = automaton.step(state, symbol);
            IntStream.of(automaton.found(state)).forEach(needle -> counts[needle]++);
        }
        return counts;
    }

    private static int plain(String needle, String text) {
        return (int) IntStream.range(0, text.length())
                .filter(at -> text.startsWith(needle, at))
                .count();
    }

    private static String letters(Random random, int length) {
        return random.ints(length, 'a', 'c')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
