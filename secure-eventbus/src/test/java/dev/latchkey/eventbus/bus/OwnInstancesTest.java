// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OwnInstancesTest {
    private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    private final OwnInstances own = new OwnInstances(now::get);

    @Test
    void have_left_isTrueAsLongAsItsMessagesAreFresh() {
        own.left("0123456789abcdef");
        now.addAndGet(OwnInstances.KEPT.toMillis() - 1);
        assertThat(own.have("0123456789abcdef")).isTrue();
        now.addAndGet(1);
        assertThat(own.have("0123456789abcdef")).isFalse();
    }

    @Test
    void have_here_isTrueForAsLongAsItIs() {
        own.came("0123456789abcdef");
        now.addAndGet(OwnInstances.KEPT.multipliedBy(10).toMillis());
        assertThat(own.have("0123456789abcdef")).isTrue();
        own.left("0123456789abcdef");
        assertThat(own.have("0123456789abcdef")).isTrue();
        now.addAndGet(OwnInstances.KEPT.toMillis());
        assertThat(own.have("0123456789abcdef")).isFalse();
    }

    @Test
    void have_another_orNone_isFalse() {
        own.left("0123456789abcdef");
        own.left("");
        assertThat(own.have("fedcba9876543210")).isFalse();
        assertThat(own.have("")).isFalse();
    }

    @Test
    void kept_isLongerThanAMessageIsTaken() {
        assertThat(OwnInstances.KEPT).isGreaterThan(RequestGate.FRESHNESS.multipliedBy(2));
    }
}
