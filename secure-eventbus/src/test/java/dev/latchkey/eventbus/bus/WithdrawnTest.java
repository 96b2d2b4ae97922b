// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static dev.latchkey.eventbus.bus.BusFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.wire.SentName;
import org.junit.jupiter.api.Test;

/** Of the messages that stand for one request, one is taken. */
class WithdrawnTest {
    private static final TokenId TOKEN = new TokenId(1, 2);

    private final Withdrawn withdrawn = new Withdrawn();

    private static SentName name(long sequence) {
        return new SentName(TOKEN, sequence);
    }

    @Test
    void isEmpty_untilOneIsAdded() throws Refusal {
        assertThat(withdrawn.isEmpty()).isTrue();
        withdrawn.add(name(7));
        assertThat(withdrawn.isEmpty()).isFalse();
    }

    @Test
    void require_withdrawn_isAReplay() throws Refusal {
        withdrawn.add(name(7));
        assertRefused(DenialReason.REPLAYED, () -> withdrawn.require(new SentName(new TokenId(1, 2), 7)));
    }

    @Test
    void require_another_passes() throws Refusal {
        withdrawn.add(name(7));
        assertThatNoException().isThrownBy(() -> withdrawn.require(name(8)));
        assertThatNoException().isThrownBy(() -> withdrawn.require(new SentName(new TokenId(1, 3), 7)));
    }

    @Test
    void add_twice_isAReplay() throws Refusal {
        withdrawn.add(name(7));
        assertRefused(DenialReason.REPLAYED, () -> withdrawn.add(name(7)));
    }

    @Test
    void add_whenFull_isRefused_andForgetsNothing() throws Refusal {
        for (int i = 0; i < Withdrawn.MAX; i++) {
            withdrawn.add(name(i));
        }
        assertRefused(DenialReason.OVERLOADED, () -> withdrawn.add(name(Withdrawn.MAX)));
        assertRefused(DenialReason.REPLAYED, () -> withdrawn.require(name(0)));
    }
}
