// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** A codec under the secure codec's name that shows the bytes as they are: the intruder's ear. */
final class RawCodec implements MessageCodec<Buffer, Buffer> {
    static final String NAME = "lk";

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
