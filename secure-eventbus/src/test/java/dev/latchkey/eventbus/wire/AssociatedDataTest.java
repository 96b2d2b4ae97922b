// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a thread writes over its last message's data, and what it does not keep. */
class AssociatedDataTest {
    private final byte[] frame = new byte[FrameLayout.HEADER_LENGTH + 3];

    private byte[] of(Envelope envelope) {
        AssociatedData data = AssociatedData.of(frame, 3, envelope);
        return Arrays.copyOf(data.bytes(), data.length());
    }

    private byte[] expected(String address, String back, int send) {
        byte[] to = address.getBytes(StandardCharsets.UTF_8);
        byte[] reply = back.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(FrameLayout.HEADER_LENGTH + 9 + to.length + reply.length)
                .put(frame, 3, FrameLayout.HEADER_LENGTH)
                .put((byte) send)
                .putInt(to.length)
                .put(to)
                .putInt(reply.length)
                .put(reply)
                .array();
    }

    @Test
    void of_oneAfterTheOther_isThatOfEach() {
        Arrays.fill(frame, (byte) 7);
        String longest = "image." + "ü".repeat(5000);
        for (String address : new String[] {"image.process", longest, "image.process", "b", longest, "b"}) {
            assertThat(of(new Envelope(address, "__vertx.reply.1", true)))
                    .isEqualTo(expected(address, "__vertx.reply.1", 0));
            assertThat(of(new Envelope(address, null, false))).isEqualTo(expected(address, "", 1));
        }
    }

    @Test
    void of_afterALongOne_keepsNoMoreThanUsual() {
        int usual = AssociatedData.of(frame, 0, new Envelope("a", null, true)).bytes().length;
        of(new Envelope("a".repeat(100_000), null, true));
        assertThat(AssociatedData.of(frame, 0, new Envelope("a", null, true)).bytes())
                .hasSize(usual);
    }

    /** What is kept of the longest that is kept at all, is kept. */
    @Test
    void of_afterOneOfTheUsualLength_keepsTheSameBytes() {
        byte[] before =
                AssociatedData.of(frame, 0, new Envelope("a", null, true)).bytes();
        int fits = before.length - FrameLayout.HEADER_LENGTH - 9;
        byte[] full = AssociatedData.of(frame, 0, new Envelope("a".repeat(fits), null, true))
                .bytes();
        assertThat(full).isSameAs(before);
    }
}
