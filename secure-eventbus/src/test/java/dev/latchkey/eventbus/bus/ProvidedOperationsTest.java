// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ProvidedOperationsTest {
    private final ProvidedOperations provided = new ProvidedOperations();

    @Test
    void none_provideNothing() {
        assertThat(provided.all()).isEmpty();
        assertThat(provided.contains("a")).isFalse();
    }

    @Test
    void operation_ofTwo_staysUntilBothAreGone() {
        provided.put("one", Set.of("a", "b"));
        provided.put("two", Set.of("b"));
        provided.remove("one");
        assertThat(provided.all()).containsExactly("b");
        provided.remove("two");
        assertThat(provided.contains("b")).isFalse();
    }

    @Test
    void member_thatChanges_providesWhatItSaidLast() {
        provided.put("one", Set.of("a", "b"));
        provided.put("one", Set.of("b", "c"));
        assertThat(provided.all()).containsExactlyInAnyOrder("b", "c");
        provided.put("one", Set.of());
        assertThat(provided.all()).isEmpty();
    }

    @Test
    void member_thatSaysTheSameAgain_countsOnce() {
        provided.put("one", Set.of("a"));
        provided.put("one", Set.of("a"));
        provided.remove("one");
        assertThat(provided.contains("a")).isFalse();
    }

    @Test
    void unknown_removed_changesNothing() {
        provided.put("one", Set.of("a"));
        provided.remove("two");
        assertThat(provided.contains("a")).isTrue();
    }
}
