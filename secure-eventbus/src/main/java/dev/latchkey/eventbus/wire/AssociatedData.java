// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import java.nio.charset.StandardCharsets;

/**
 * The associated data of a frame: its header, and its envelope with a length before each variable part.
 *
 * <p>Each thread has one, which is written over for its next message: nearly all of a thread's messages bear few addresses, and
 * nothing of them has to be allocated anew. Confined to its thread.
 */
final class AssociatedData {
    private static final ThreadLocal<AssociatedData> OF_THREAD = ThreadLocal.withInitial(AssociatedData::new);

    /** Longer ones than of any usual address are not kept. */
    private static final int KEPT = 1024;

    private static final byte[] NOTHING = {};

    private byte[] bytes = new byte[KEPT];
    private int length;
    private String address = "";
    private byte[] addressBytes = NOTHING;

    private AssociatedData() {}

    /** That of the frame that starts at an offset; valid until this thread's next call. */
    static AssociatedData of(byte[] frame, int offset, Envelope envelope) {
        AssociatedData mine = OF_THREAD.get();
        mine.write(frame, offset, envelope);
        return mine;
    }

    private void write(byte[] frame, int offset, Envelope envelope) {
        byte[] to = encoded(envelope.address());
        byte[] back = envelope.replyAddress() == null ? NOTHING : utf8(envelope.replyAddress());
        length = FrameLayout.HEADER_LENGTH + 1 + 2 * Integer.BYTES + to.length + back.length;
        makeRoom();
        System.arraycopy(frame, offset, bytes, 0, FrameLayout.HEADER_LENGTH);
        bytes[FrameLayout.HEADER_LENGTH] = (byte) (envelope.send() ? 0 : 1);
        write(back, write(to, FrameLayout.HEADER_LENGTH + 1));
    }

    /** Writes a part and the length before it, and says where it ends. */
    private int write(byte[] part, int at) {
        BigEndian.putInt(bytes, at, part.length);
        System.arraycopy(part, 0, bytes, at + Integer.BYTES, part.length);
        return at + Integer.BYTES + part.length;
    }

    private void makeRoom() {
        if (length > bytes.length || (bytes.length > KEPT && length <= KEPT)) {
            bytes = new byte[Math.max(length, KEPT)];
        }
    }

    private byte[] encoded(String next) {
        if (next.length() > KEPT) {
            return utf8(next);
        }
        if (!next.equals(address)) {
            addressBytes = utf8(next);
            address = next;
        }
        return addressBytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The data, followed by bytes that do not belong to it. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
