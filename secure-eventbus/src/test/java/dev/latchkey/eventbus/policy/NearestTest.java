// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {

    private static final List<String> NAMES = List.of("provides", "invokes", "tokenLifetime");

    @ParameterizedTest
    @CsvSource({
        "provids, provides",
        "provide, provides",
        "porvides, provides",
        "PROVIDES, provides",
        "invoke, invokes",
        "token-lifetime, tokenLifetime"
    })
    void to_nearText_isANameInAQuestion(String text, String name) {
        assertThat(Nearest.to(text, NAMES)).contains("did you mean '" + name + "'?");
    }

    @ParameterizedTest
    @CsvSource({"consumes", "x", "''", "lifetime"})
    void to_farText_isNothing(String text) {
        assertThat(Nearest.to(text, NAMES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', '', 0", "abc, abc, 0", "abc, '', 3", "abc, abd, 1", "abc, bc, 1", "kitten, sitting, 3"})
    void distance_countsEdits(String one, String two, int distance) {
        assertThat(Nearest.distance(one, two)).isEqualTo(distance).isEqualTo(Nearest.distance(two, one));
    }
}
