// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JoinTokenTextTest {
    @Test
    void text_ofAJwt_saysWhatItIs_andHoldsIt() {
        String text = JoinTokenText.of("a.b.c");
        assertThat(text).isEqualTo("lkj1.a.b.c");
        assertThat(JoinTokenText.isOne(text)).isTrue();
        assertThat(JoinTokenText.jwt(text)).isEqualTo("a.b.c");
    }

    @Test
    void text_ofAnotherKind_isTakenAsItIs() {
        for (String other : new String[] {"", "a.b.c", "lkj1", "lkj2.a.b.c", "LKJ1.a.b.c"}) {
            assertThat(JoinTokenText.isOne(other)).isFalse();
            assertThat(JoinTokenText.jwt(other)).isEqualTo(other);
        }
    }
}
