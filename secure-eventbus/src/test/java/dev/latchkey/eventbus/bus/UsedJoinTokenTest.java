// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import org.junit.jupiter.api.Test;

class UsedJoinTokenTest {
    private final UsedJoinToken used = new UsedJoinToken();

    @Test
    void is_theTokenThatWasUsed_andNoOther() {
        assertThat(used.is("lkj1.a.b.c")).isFalse();
        used.note("lkj1.a.b.c");
        assertThat(used.is("lkj1.a.b.c")).isTrue();
        assertThat(used.is("lkj1.a.b.d")).isFalse();
    }

    @Test
    void is_credentialThatWorksManyTimes_isFalse() {
        used.note("a.b.c");
        assertThat(used.is("a.b.c")).isFalse();
        assertThat(used.is("")).isFalse();
    }

    @Test
    void refusal_saysWhatToDo_andNotWhichToken() {
        assertThat(UsedJoinToken.refusal().reason()).isEqualTo(DenialReason.BAD_CREDENTIAL);
        assertThat(UsedJoinToken.refusal()).hasMessageContaining("latchkey join-token issue");
    }
}
