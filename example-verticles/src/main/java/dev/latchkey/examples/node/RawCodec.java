// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.node;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** A codec under the secure codec's name that shows the bytes as they are: the intruder's ear. */
public final class RawCodec implements MessageCodec<Buffer, Buffer> {
    /** The secure codec's. */
    public static final String NAME = "lk";

    /** A codec without state. */
    public RawCodec() {}

    @Override
    public void encodeToWire(Buffer wire, Buffer body) {
        wire.appendBuffer(body);
    }

    @Override
    public Buffer decodeFromWire(int position, Buffer wire) {
        return wire.getBuffer(position, wire.length());
    }

    @Override
    public Buffer transform(Buffer body) {
        return body;
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
