// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.ViolationKind;
import dev.latchkey.eventbus.registration.Violation;
import dev.latchkey.eventbus.token.TokenId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Violations that wait to be told. */
class ViolationsTest {
    private final Bounds bounds = new Bounds();
    private final Violations violations = new Violations(bounds);

    private static Violation of(long instance, long sequence) {
        return new Violation(ViolationKind.OUT_OF_SCOPE, "greet", new TokenId(instance, 1), sequence);
    }

    @Test
    void same_waitsOnce_andIsCountedEachTime() {
        violations.add(of(1, 7));
        violations.add(of(1, 7));
        assertThat(violations.take(operation -> true)).containsExactly(of(1, 7));
        assertThat(violations.of(ViolationKind.OUT_OF_SCOPE)).isEqualTo(2);
        assertThat(violations.isEmpty()).isTrue();
    }

    @Test
    void floodOfOneInstance_leavesRoomForOthers() {
        for (int i = 0; i < 100_000; i++) {
            violations.add(of(1, i));
        }
        violations.add(of(2, 0));
        assertThat(bounds.of(Bound.VIOLATIONS)).isEqualTo(100_000 - Violations.MAX_OF_INSTANCE);
        assertThat(violations.take(operation -> true)).hasSize(Violation.MAX_TOLD);
        assertThat(violations.take(operation -> true)).containsExactly(of(2, 0));
    }

    @Test
    void floodOfManyInstances_isBounded() {
        for (int i = 0; i < 2 * Violations.MAX; i++) {
            violations.add(of(i, 0));
        }
        assertThat(bounds.of(Bound.VIOLATIONS)).isEqualTo(Violations.MAX);
    }

    @Test
    void taken_makesRoomForItsInstance() {
        for (int i = 0; i < Violations.MAX_OF_INSTANCE; i++) {
            violations.add(of(1, i));
        }
        violations.take(operation -> true);
        violations.add(of(1, 1_000));
        assertThat(bounds.of(Bound.VIOLATIONS)).isZero();
        assertThat(violations.take(operation -> true)).containsExactly(of(1, 1_000));
    }

    @Test
    void take_ofOtherOperations_leavesThem() {
        violations.add(of(1, 1));
        assertThat(violations.take(operation -> false)).isEmpty();
        assertThat(violations.operations()).containsExactly("greet");
    }

    @Test
    void givenBack_waitsAgain_uncounted() {
        violations.add(of(1, 1));
        List<Violation> taken = violations.take(operation -> true);
        violations.giveBack(taken);
        assertThat(violations.take(operation -> true)).isEqualTo(taken);
        assertThat(violations.of(ViolationKind.OUT_OF_SCOPE)).isOne();
    }
}
