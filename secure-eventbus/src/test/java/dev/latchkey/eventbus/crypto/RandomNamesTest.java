// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names that nobody gets twice, and nobody can guess. */
class RandomNamesTest {
    private static final int THREADS = 4;
    private static final int EACH = 10 * RandomNames.DRAWN;

    private final RandomNames names = new RandomNames("a.");

    private List<String> take(int count) {
        return Stream.generate(names::next).limit(count).toList();
    }

    @Test
    void next_hasThePrefix_and120BitsOfBase64url() {
        assertThat(take(3 * RandomNames.DRAWN)).allMatch(name -> name.matches("a\\.[A-Za-z0-9_-]{20}"));
    }

    @Test
    void next_isNeverTheSame() {
        assertThat(take(3 * RandomNames.DRAWN)).doesNotHaveDuplicates();
    }

    @Test
    void next_ofOthers_isAnother() {
        assertThat(new RandomNames("a.").next()).isNotIn(take(2 * RandomNames.DRAWN));
    }

    /** Of 64 letters at each place, each comes as often as another: a place that is fixed, or counts, would be seen. */
    @Test
    void next_isRandomAtEachPlace() {
        List<String> many = take(200 * RandomNames.DRAWN);
        for (int place = "a.".length(); place < many.get(0).length(); place++) {
            int at = place;
            Map<Character, Long> counts = many.stream()
                    .map(name -> name.charAt(at))
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            // 800 on average, with a standard deviation of 28.
            assertThat(counts).hasSize(64).allSatisfy((letter, count) -> assertThat(count)
                    .isBetween(550L, 1_050L));
        }
    }

    @Test
    void next_onSeveralThreads_isNeverTheSame() throws Exception {
        Set<String> all = ConcurrentHashMap.newKeySet();
        Callable<List<String>> taking = () -> take(EACH);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<List<String>>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                tasks.add(taking);
            }
            for (Future<List<String>> done : threads.invokeAll(tasks)) {
                all.addAll(done.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(all).hasSize(THREADS * EACH);
    }
}
