// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.wire.Codecs;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.impl.CodecManager;
import io.vertx.core.eventbus.impl.EventBusImpl;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.ClusterSerializable;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The codecs of the plain bus, asked through the one public method that looks them up.
 *
 * <p>Vert.x keeps its codec registry to itself. A registry of our own would miss what the application registered with the
 * plain bus, so this asks for a message to be made and takes its codec. The message is never sent.
 */
final class PlainBusCodecs implements Codecs {
    private static final String NOWHERE = "latchkey.codec-lookup";

    /** All but the ping codec, which carries no body, and the two that each bus has its own of. */
    private static final List<MessageCodec<?, ?>> BODY_CODECS = List.of(
            CodecManager.NULL_MESSAGE_CODEC,
            CodecManager.STRING_MESSAGE_CODEC,
            CodecManager.BUFFER_MESSAGE_CODEC,
            CodecManager.JSON_OBJECT_MESSAGE_CODEC,
            CodecManager.JSON_ARRAY_MESSAGE_CODEC,
            CodecManager.BYTE_ARRAY_MESSAGE_CODEC,
            CodecManager.INT_MESSAGE_CODEC,
            CodecManager.LONG_MESSAGE_CODEC,
            CodecManager.FLOAT_MESSAGE_CODEC,
            CodecManager.DOUBLE_MESSAGE_CODEC,
            CodecManager.BOOLEAN_MESSAGE_CODEC,
            CodecManager.SHORT_MESSAGE_CODEC,
            CodecManager.CHAR_MESSAGE_CODEC,
            CodecManager.BYTE_MESSAGE_CODEC,
            CodecManager.REPLY_EXCEPTION_MESSAGE_CODEC);

    private final EventBusImpl bus;
    private final @Nullable MessageCodec<?, ?>[] system = new MessageCodec<?, ?>[Byte.MAX_VALUE];

    PlainBusCodecs(EventBusImpl bus) {
        this.bus = bus;
        BODY_CODECS.forEach(this::index);
        indexOwn(new SomeClusterSerializable());
        indexOwn(new SomeSerializable());
    }

    /**
     * The bus's own codec of a kind, which checks classes as the application has set. Its codec selector is asked first, whatever it makes of an
     * object that is none of its own. Where it hides the bus's own, such bodies cannot be read: another codec would not know which classes the
     * application refuses.
     */
    private void indexOwn(Object body) {
        try {
            index(choose(body, null, true));
        } catch (RuntimeException e) {
            // The application's own, of an object that it does not know: no reason not to join.
        }
    }

    private void index(MessageCodec<?, ?> codec) {
        if (codec.systemCodecID() >= 0) {
            system[codec.systemCodecID()] = codec;
        }
    }

    @Override
    public MessageCodec<?, ?> choose(@Nullable Object body, @Nullable String name, boolean localOnly) {
        MessageCodec<?, ?> common = name == null ? common(body) : null;
        return common == null
                ? bus.createMessage(true, localOnly, NOWHERE, null, body, name).codec()
                : common;
    }

    /** The codecs of the commonest bodies, which no codec of an application can take the place of, without a message. */
    private static @Nullable MessageCodec<?, ?> common(@Nullable Object body) {
        if (body instanceof String) {
            return CodecManager.STRING_MESSAGE_CODEC;
        } else if (body instanceof Buffer) {
            return CodecManager.BUFFER_MESSAGE_CODEC;
        } else if (body instanceof JsonObject) {
            return CodecManager.JSON_OBJECT_MESSAGE_CODEC;
        }
        return body instanceof byte[] ? CodecManager.BYTE_ARRAY_MESSAGE_CODEC : null;
    }

    @Override
    public MessageCodec<?, ?> named(String name) {
        if (name.equals(SecureCodec.NAME)) {
            throw new IllegalArgumentException("a sealed message holds no sealed message");
        }
        // With some body, as Vert.x fails with a NullPointerException where a codec is unknown and there is none.
        return choose(NOWHERE, name, true);
    }

    @Override
    public MessageCodec<?, ?> system(byte id) {
        MessageCodec<?, ?> codec = id < 0 || id >= system.length ? null : system[id];
        if (codec == null) {
            throw new IllegalArgumentException("no system codec has the id " + id);
        }
        return codec;
    }

    private static final class SomeSerializable implements Serializable {
        private static final long serialVersionUID = 1L;
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
