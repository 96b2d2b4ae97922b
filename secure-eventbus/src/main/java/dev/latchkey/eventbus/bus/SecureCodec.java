// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.wire.FrameWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.ReplyException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The codec of sealed messages.
 *
 * <p>Total in both directions. Vert.x encodes late and under a connection's lock, and an exception there loses the
 * messages that queue behind; an exception while decoding a reply leaves its request waiting forever.
 *
 * <p>What it decodes is a {@link Delivery}, save for one case: a failure that answers a request must be seen by Vert.x as the
 * failure that it is, or metrics and tracers would take it for a success.
 */
final class SecureCodec implements MessageCodec<Carrier, Object> {
    /** Rides along in every message, so it is short. */
    static final String NAME = "lk";

    /** So many bytes of addresses and headers of Vert.x, in the clear before a frame, do not count towards the limit. */
    static final int ENVELOPE_ALLOWANCE = 64 * 1024;

    private final FrameLimit limit;
    private final Bounds bounds;
    private final LongAdder sealed = new LongAdder();
    private final ThreadLocal<Reading> reading = ThreadLocal.withInitial(Reading::new);

    /** What its thread makes of deliveries at this moment. */
    private static final class Reading {
        private @Nullable Function<Delivery, Object> reader;
    }

    SecureCodec(FrameLimit limit, Bounds bounds) {
        this.limit = limit;
        this.bounds = bounds;
    }

    /** Whatever cannot be sealed, or was taken back, leaves the body empty, which the receiver refuses as malformed. */
    @Override
    public void encodeToWire(Buffer buffer, Carrier carrier) {
        int start = buffer.length();
        try {
            carrier.sealTo(buffer);
            requireSize(buffer.length() - start);
            sealed.increment();
        } catch (Throwable e) {
            FrameWriter.cut(buffer, start);
            carrier.denyUnwritable(e);
            encodeFailure(buffer, carrier);
        }
    }

    private void encodeFailure(Buffer buffer, Carrier carrier) {
        if (carrier.sealFailureTo(buffer)) {
            sealed.increment();
        }
    }

    private void requireSize(int length) {
        if (limit.isExceededBy(length)) {
            bounds.hit(Bound.FRAME_SIZE);
            throw new IllegalArgumentException("a sealed message of " + length + " bytes exceeds maxFrameSize");
        }
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
        Delivery delivery = delivery(position, buffer);
        Function<Delivery, Object> reader = reading.get().reader;
        return reader == null ? delivery : reader.apply(delivery);
    }

    private Delivery delivery(int position, Buffer buffer) {
        if (!limit.isExceededBy(counted(position, buffer))) {
            return Delivery.fromWire(position, buffer);
        }
        bounds.hit(Bound.FRAME_SIZE);
        return Delivery.tooLarge();
    }

    /** The frame, and what stands before it beyond the allowance: a delivery keeps the whole buffer. */
    private static int counted(int position, Buffer buffer) {
        return buffer.length() - Math.min(position, ENVELOPE_ALLOWANCE);
    }

    /** Frames that were written. */
    long sealed() {
        return sealed.sum();
    }

    /**
     * The body of a message of this codec, which becomes what a reader makes of its delivery: if this is the first time that
     * anybody asks for it, and it came over the wire.
     *
     * @param reader must not throw
     */
    Object body(Message<?> message, Function<Delivery, Object> reader) {
        Reading mine = reading.get();
        mine.reader = reader;
        try {
            return message.body();
        } finally {
            mine.reader = null;
        }
    }

    @Override
    public Object transform(Carrier carrier) {
        carrier.noteHere();
        try {
            return isFailure(carrier) ? failure(carrier) : Delivery.fromHere(carrier);
        } catch (Throwable e) {
            carrier.denyUnwritable(e);
            return carrier.answers() ? new DeniedException(DenialReason.UNWRITABLE_BODY) : Delivery.unreadable();
        }
    }

    private static boolean isFailure(Carrier carrier) {
        return carrier.answers() && carrier.isAllowed() && carrier.body() instanceof ReplyException;
    }

    private static Object failure(Carrier carrier) {
        Object copied = carrier.content().transformed().body();
        return copied instanceof ReplyException ? copied : Delivery.fromHere(carrier);
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
