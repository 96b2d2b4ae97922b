// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.impl.CodecManager;
import io.vertx.core.eventbus.impl.EventBusImpl;
import io.vertx.core.eventbus.impl.clustered.ClusteredMessage;
import java.nio.charset.StandardCharsets;

/** A message between two nodes as it stands on the wire: a length of four bytes, and what it counts. */
record BusFrame(Buffer bytes) {
    private static final int VERSION_OFFSET = Integer.BYTES;
    private static final int CODEC_OFFSET = VERSION_OFFSET + 1;
    private static final byte USER_CODEC = -1;
    private static final byte FAILURE_CODEC = CodecManager.REPLY_EXCEPTION_MESSAGE_CODEC.systemCodecID();

    /** A message to a reply address, as any member of the cluster can write it. */
    static <T> BusFrame forged(Vertx forger, String address, MessageCodec<T, ?> codec, T body) {
        EventBusImpl bus = (EventBusImpl) forger.eventBus();
        return new BusFrame(new ClusteredMessage<>("forger", address, null, body, codec, true, bus).encodeToWire());
    }

    /** A failure in its place, of any bytes. */
    BusFrame asFailure(Vertx forger, Buffer body) {
        return forged(forger, address(), new Attacker.RawCodec("failure", FAILURE_CODEC), body);
    }

    String address() {
        int offset = CODEC_OFFSET + 1;
        if (bytes.getByte(CODEC_OFFSET) == USER_CODEC) {
            offset += Integer.BYTES + bytes.getInt(offset);
        }
        int start = offset + 1 + Integer.BYTES;
        return bytes.getString(start, start + bytes.getInt(start - Integer.BYTES), StandardCharsets.UTF_8.name());
    }

    boolean isReply() {
        return address().startsWith("__vertx.reply.");
    }

    /** The same with its last bit flipped: of a sealed message, the tag's. */
    BusFrame garbled() {
        int last = bytes.length() - 1;
        return new BusFrame(bytes.copy().setByte(last, (byte) (bytes.getByte(last) ^ 1)));
    }
}
