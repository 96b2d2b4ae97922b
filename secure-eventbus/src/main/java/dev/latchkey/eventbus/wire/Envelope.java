// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What Vert.x writes around a body in the clear, and a sealed message is therefore bound to.
 *
 * @param address where the message goes
 * @param replyAddress where its answer goes, or null
 * @param send true for a send, false for a publish
 */
public record Envelope(String address, @Nullable String replyAddress, boolean send) {

    /** The associated data of a frame: its header, and this envelope with a length before each variable part. */
    byte[] associatedData(byte[] frame) {
        byte[] to = address.getBytes(StandardCharsets.UTF_8);
        byte[] back = replyAddress == null ? new byte[0] : replyAddress.getBytes(StandardCharsets.UTF_8);
        int length = FrameLayout.HEADER_LENGTH + 1 + 2 * Integer.BYTES + to.length + back.length;
        return ByteBuffer.allocate(length)
                .put(frame, 0, FrameLayout.HEADER_LENGTH)
                .put((byte) (send ? 0 : 1))
                .putInt(to.length)
                .put(to)
                .putInt(back.length)
                .put(back)
                .array();
    }
}
