// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.charset.StandardCharsets;

/** A body that only a codec of the user's can send. */
record Parcel(String content) {
    /** Makes a codec known to both sides of a case, and returns options that name it. */
    static DeliveryOptions codec(BusContract test) {
        Codec codec = new Codec(test.address + ".codec");
        test.sender.registerCodec(codec);
        if (test.kind.clustered) {
            test.receiver.registerCodec(codec);
        }
        return new DeliveryOptions().setCodecName(codec.name());
    }

    private record Codec(String name) implements MessageCodec<Parcel, Parcel> {
        @Override
        public void encodeToWire(Buffer buffer, Parcel parcel) {
            byte[] bytes = parcel.content().getBytes(StandardCharsets.UTF_8);
            buffer.appendInt(bytes.length).appendBytes(bytes);
        }

        @Override
        public Parcel decodeFromWire(int position, Buffer buffer) {
            int start = position + Integer.BYTES;
            return new Parcel(buffer.getString(start, start + buffer.getInt(position)));
        }

        @Override
        public Parcel transform(Parcel parcel) {
            return parcel;
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
