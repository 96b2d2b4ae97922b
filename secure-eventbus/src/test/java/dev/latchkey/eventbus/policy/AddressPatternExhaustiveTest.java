// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the pattern's answers with slow, obvious ones for every pattern of up to three segments and every address
 * of up to four, over a small alphabet. The addresses have one name, and one segment, more than any pattern: whatever
 * a wildcard could stand for is among them.
 */
final class AddressPatternExhaustiveTest {

    private static final List<AddressPattern> PATTERNS = patterns(3);
    private static final List<String> ADDRESSES = texts(List.of("a", "b", "c"), 4);

    @Test
    void matches_everyCombination_agreesWithDefinition() {
        for (AddressPattern pattern : PATTERNS) {
            String regex = regexOf(pattern);
            for (String address : ADDRESSES) {
                assertThat(pattern.matches(address))
                        .as("%s matches %s", pattern, address)
                        .isEqualTo(address.matches(regex));
            }
        }
    }

    @Test
    void overlaps_everyPair_agreesWithBruteForce() {
        for (AddressPattern one : PATTERNS) {
            for (AddressPattern two : PATTERNS) {
                assertThat(one.overlaps(two)).as("%s overlaps %s", one, two).isEqualTo(shareAnAddress(one, two));
            }
        }
    }

    @Test
    void overlaps_bothWays_isTheSame() {
        for (AddressPattern one : PATTERNS) {
            assertThat(PATTERNS).allMatch(two -> one.overlaps(two) == two.overlaps(one));
        }
    }

    private static boolean shareAnAddress(AddressPattern one, AddressPattern two) {
        return ADDRESSES.stream().anyMatch(address -> one.matches(address) && two.matches(address));
    }

    private static String regexOf(AddressPattern pattern) {
        return pattern.toString()
                .replace(".", "\\.")
                .replace("**", "@") // so that the next line leaves it alone
                .replace("*", "[^.]*")
                .replace("@", ".*");
    }

    private static List<AddressPattern> patterns(int segments) {
        List<String> texts = texts(List.of("a", "b", "*"), segments);
        Stream<String> openEnded =
                texts(List.of("a", "b", "*"), segments - 1).stream().map(text -> text + ".**");
        return Stream.of(texts.stream(), openEnded, Stream.of("**"))
                .flatMap(text -> text)
                .map(AddressPattern::parse)
                .toList();
    }

    private static List<String> texts(List<String> alphabet, int segments) {
        List<String> texts = new ArrayList<>(alphabet);
        for (int length = 2, from = 0; length <= segments; length++) {
            int to = texts.size();
            for (String head : List.copyOf(texts.subList(from, to))) {
                alphabet.forEach(tail -> texts.add(head + "." + tail));
            }
            from = to;
        }
        return texts;
    }
}
