// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.impl.CodecManager;
import io.vertx.core.eventbus.impl.EventBusImpl;
import io.vertx.core.shareddata.ClusterSerializable;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The codecs of a real bus. */
final class BusCodecs implements Codecs {
    private final EventBusImpl bus;
    private final MessageCodec<?, ?>[] system = new CodecManager().systemCodecs();

    BusCodecs(Vertx vertx) {
        this.bus = (EventBusImpl) vertx.eventBus();
        // The bus's own, which know what it lets be deserialized.
        replace(choose(new SomeClusterSerializable(), null, true));
        replace(choose(BigInteger.ONE, null, true));
    }

    private void replace(MessageCodec<?, ?> codec) {
        system[codec.systemCodecID()] = codec;
    }

    @Override
    public MessageCodec<?, ?> choose(@Nullable Object body, @Nullable String name, boolean localOnly) {
        return bus.createMessage(true, localOnly, "nowhere", null, body, name).codec();
    }

    @Override
    public MessageCodec<?, ?> named(String name) {
        return choose("", name, true);
    }

    @Override
    public MessageCodec<?, ?> system(byte id) {
        return Arrays.stream(system)
                .filter(codec -> codec.systemCodecID() == id)
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static final class SomeClusterSerializable implements ClusterSerializable {
        @Override
        public void writeToBuffer(Buffer buffer) {}

        @Override
        public int readFromBuffer(int position, Buffer buffer) {
            return position;
        }
    }
}
