// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OwnInstancesTest {
    private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    private final OwnInstances own = new OwnInstances(now::get);

    @Test
    void haveLately_left_isTrueAsLongAsItsMessagesAreFresh() {
        own.left("0123456789abcdef");
        now.addAndGet(OwnInstances.KEPT.toMillis() - 1);
        assertThat(own.haveLately("0123456789abcdef")).isTrue();
        now.addAndGet(1);
        assertThat(own.haveLately("0123456789abcdef")).isFalse();
    }

    @Test
    void haveLately_another_orNone_isFalse() {
        own.left("0123456789abcdef");
        own.left("");
        assertThat(own.haveLately("fedcba9876543210")).isFalse();
        assertThat(own.haveLately("")).isFalse();
    }

    @Test
    void kept_isLongerThanAMessageIsTaken() {
        assertThat(OwnInstances.KEPT).isGreaterThan(RequestGate.FRESHNESS.multipliedBy(2));
    }
}
