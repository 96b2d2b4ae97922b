// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.wire.Frame;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class RecentSealsTest {
    private static final int SEQUENCE_OFFSET = 18;
    private static final int LENGTH = 50;

    private final RecentSeals seals = new RecentSeals();

    private static Frame frame(long sequence, int tag) {
        Buffer bytes = Buffer.buffer(new byte[LENGTH]);
        bytes.setByte(0, (byte) 1).setLong(SEQUENCE_OFFSET, sequence).setInt(LENGTH - 16, tag);
        return requireNonNull(Frame.parse(0, bytes));
    }

    @Test
    void takeOther_sameNumberOtherTag_isTrueOnce() {
        seals.keep(frame(7, 1));
        assertThat(seals.takeOther(frame(7, 1))).isFalse();
        assertThat(seals.takeOther(frame(7, 2))).isTrue();
        assertThat(seals.takeOther(frame(7, 2))).isFalse();
    }

    @Test
    void takeOther_numberThatIsNotKept_isFalse() {
        assertThat(seals.takeOther(frame(7, 1))).isFalse();
        seals.keep(frame(7, 1));
        assertThat(seals.takeOther(frame(7 + RecentSeals.KEPT, 2))).isFalse();
    }

    /** No counter gives one, but whoever holds a key can seal one. */
    @Test
    void takeOther_numberBelowZero_isFalse() {
        seals.keep(frame(7, 1));
        assertThat(seals.takeOther(frame(-1, 2))).isFalse();
        assertThat(seals.takeOther(frame(Long.MIN_VALUE + 7, 2))).isFalse();
    }
}
