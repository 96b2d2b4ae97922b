// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.wire.Envelope;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.impl.MessageImpl;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message as the cluster would bring it: its body is decoded when it is first asked for. Notes what becomes of it. */
final class ArrivingMessage extends MessageImpl<Object, Object> implements DeliveryContext<Object> {
    private final @Nullable Buffer wire;
    final List<Object> replies = new ArrayList<>();
    int passed;
    private int position;
    private Runnable whenPassed = () -> {};
    private @Nullable RuntimeException failure;

    private ArrivingMessage(
            String address,
            @Nullable String replyAddress,
            boolean send,
            MessageCodec<Object, Object> codec,
            @Nullable Buffer wire,
            @Nullable Object body) {
        super(address, MultiMap.caseInsensitiveMultiMap(), null, codec, send, null);
        this.replyAddress = replyAddress;
        this.wire = wire;
        this.receivedBody = body;
    }

    /** From the wire. */
    static ArrivingMessage sealed(BusGuard guard, String address, @Nullable String replyAddress, byte[] frame) {
        return sealed(guard, address, replyAddress, true, Buffer.buffer(frame));
    }

    static ArrivingMessage sealed(
            BusGuard guard, String address, @Nullable String replyAddress, boolean send, Buffer frame) {
        return new ArrivingMessage(address, replyAddress, send, any(guard.codec()), frame, null);
    }

    /** From the wire, its frame behind as many bytes of addresses and headers. */
    static ArrivingMessage behind(int bytes, BusGuard guard, @Nullable String replyAddress, byte[] frame) {
        Buffer wire = Buffer.buffer(new byte[bytes]).appendBytes(frame);
        ArrivingMessage message = sealed(guard, GuardedTest.ADDRESS, replyAddress, true, wire);
        message.position = bytes;
        return message;
    }

    /** With a body that is there already. */
    static ArrivingMessage of(
            MessageCodec<?, ?> codec, String address, @Nullable String replyAddress, @Nullable Object body) {
        return new ArrivingMessage(address, replyAddress, true, any(codec), null, body);
    }

    /** On its way out. */
    static ArrivingMessage leaving(BusGuard guard, Envelope envelope, Carrier carrier) {
        return new ArrivingMessage(
                envelope.address(), envelope.replyAddress(), envelope.send(), any(guard.codec()), null, carrier);
    }

    @SuppressWarnings("unchecked")
    private static MessageCodec<Object, Object> any(MessageCodec<?, ?> codec) {
        return (MessageCodec<Object, Object>) codec;
    }

    /** Runs when the message passed. */
    void whenPassed(Runnable action) {
        whenPassed = action;
    }

    /** Fails once when it is asked whether it was sent, as no check foresees. */
    ArrivingMessage failing(RuntimeException unforeseen) {
        failure = unforeseen;
        return this;
    }

    @Override
    public boolean isSend() {
        RuntimeException unforeseen = failure;
        if (unforeseen != null) {
            failure = null;
            throw unforeseen;
        }
        return super.isSend();
    }

    @Override
    public Object body() {
        if (receivedBody == null && wire != null) {
            receivedBody = messageCodec.decodeFromWire(position, wire);
        }
        return receivedBody;
    }

    @Override
    public void reply(@Nullable Object message, DeliveryOptions options) {
        replies.add(message == null ? "null" : message);
    }

    @Override
    public Message<Object> message() {
        return this;
    }

    @Override
    public void next() {
        passed++;
        whenPassed.run();
    }

    @Override
    public boolean send() {
        return send;
    }

    /** The code of the plaintext failure that it was answered with. */
    int failureCode() {
        return replies.size() == 1 && replies.get(0) instanceof ReplyException failure ? failure.failureCode() : 0;
    }

    Delivery delivery() {
        return (Delivery) body();
    }
}
