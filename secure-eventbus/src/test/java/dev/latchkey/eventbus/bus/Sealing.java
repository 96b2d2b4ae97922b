// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.wire.Envelope;
import io.vertx.core.buffer.Buffer;

/** Frames of their own, as tests take them apart. */
final class Sealing {
    private Sealing() {}

    /** A request's. */
    static byte[] frame(CallerSession session, long sentAt, Envelope envelope, byte[] content) {
        Buffer out = Buffer.buffer();
        session.seal(sentAt, envelope, buffer -> buffer.appendBytes(content), out);
        return out.getBytes();
    }

    /** A reply's. */
    static byte[] frame(ReplySealer replies, long sentAt, Envelope envelope, byte[] content) {
        Buffer out = Buffer.buffer();
        replies.seal(sentAt, envelope, buffer -> buffer.appendBytes(content), out);
        return out.getBytes();
    }
}
