// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.wire.Frame;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class MessageMemoryTest {
    private static final int SEQUENCE_OFFSET = 18;
    private static final int LENGTH = 50;

    private final MessageMemory memory = new MessageMemory(new ReplayBudget(new Bounds()));

    private static Frame frame(long sequence, int tag) {
        Buffer bytes = Buffer.buffer(new byte[LENGTH]);
        bytes.setByte(0, (byte) 1).setLong(SEQUENCE_OFFSET, sequence).setInt(LENGTH - 16, tag);
        return requireNonNull(Frame.parse(0, bytes));
    }

    private void keep(Frame frame) {
        assertThat(memory.remember(frame, true, this)).isNull();
    }

    @Test
    void remember_again_isReplayed_andKeepsTheFirst() {
        keep(frame(7, 1));
        assertThat(memory.remember(frame(7, 2), true, this)).isEqualTo(DenialReason.REPLAYED);
        assertThat(memory.takeOther(frame(7, 2))).isTrue();
    }

    @Test
    void takeOther_sameNumberOtherTag_isTrueOnce() {
        keep(frame(7, 1));
        assertThat(memory.takeOther(frame(7, 1))).isFalse();
        assertThat(memory.takeOther(frame(7, 2))).isTrue();
        assertThat(memory.takeOther(frame(7, 2))).isFalse();
    }

    @Test
    void takeOther_numberThatIsNotKept_isFalse() {
        assertThat(memory.takeOther(frame(7, 1))).isFalse();
        keep(frame(7, 1));
        assertThat(memory.takeOther(frame(7 + MessageMemory.KEPT, 2))).isFalse();
    }

    /** No counter gives one, but whoever holds a key can seal one. */
    @Test
    void takeOther_numberBelowZero_isFalse() {
        keep(frame(7, 1));
        assertThat(memory.takeOther(frame(-1, 2))).isFalse();
        assertThat(memory.takeOther(frame(Long.MIN_VALUE + 7, 2))).isFalse();
    }
}
