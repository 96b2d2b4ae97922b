// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * The codec of sealed messages.
 *
 * <p>Total in both directions. Vert.x encodes late and under a connection's lock, and an exception there loses the
 * messages that queue behind; an exception while decoding a reply leaves its request waiting forever.
 */
final class SecureCodec implements MessageCodec<Carrier, Delivery> {
    /** Rides along in every message, so it is short. */
    static final String NAME = "lk";

    @Override
    public void encodeToWire(Buffer buffer, Carrier carrier) {
        byte[] frame;
        try {
            frame = carrier.sealed();
        } catch (Throwable e) {
            carrier.denyUnwritable(e);
            // No frame at all: the receiver refuses an empty body as malformed.
            return;
        }
        buffer.appendBytes(frame);
    }

    @Override
    public Delivery decodeFromWire(int position, Buffer buffer) {
        return Delivery.fromWire(position, buffer);
    }

    @Override
    public Delivery transform(Carrier carrier) {
        try {
            return Delivery.fromHere(carrier);
        } catch (Throwable e) {
            carrier.denyUnwritable(e);
            return Delivery.unreadable();
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
