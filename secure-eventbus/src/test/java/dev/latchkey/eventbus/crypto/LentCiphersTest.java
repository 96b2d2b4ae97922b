// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LentCiphersTest {
    private final LentCiphers lent = new LentCiphers();

    @Test
    void borrow_afterSomeWereGivenBack_givesTheLastOfThem() {
        ThreadCiphers first = lent.borrow();
        ThreadCiphers second = lent.borrow();
        assertThat(second).isNotSameAs(first);
        first.giveBack();
        second.giveBack();
        assertThat(lent.borrow()).isSameAs(second);
        assertThat(lent.borrow()).isSameAs(first);
        assertThat(lent.size()).isZero();
    }

    @Test
    void giveBack_moreThanAreKept_keepsNoMore_andGoesOn() {
        for (int time = 0; time < 3; time++) {
            List<ThreadCiphers> many =
                    Stream.generate(lent::borrow).limit(LentCiphers.MOST + 100L).toList();
            assertThat(many).doesNotHaveDuplicates();
            many.forEach(ThreadCiphers::giveBack);
            assertThat(lent.size()).isEqualTo(LentCiphers.MOST);
        }
    }
}
