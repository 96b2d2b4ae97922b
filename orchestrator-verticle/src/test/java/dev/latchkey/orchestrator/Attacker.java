// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A member of the cluster with plain Vert.x and a codec under the secure codec's name that shows and sends raw bytes. */
final class Attacker {
    private final Vertx vertx;
    private final List<Buffer> heard = new CopyOnWriteArrayList<>();

    Attacker(Vertx vertx) {
        this.vertx = vertx;
        vertx.eventBus().registerCodec(new RawCodec());
    }

    /** Subscribes; what arrives is kept. */
    MessageConsumer<Buffer> listen(String address) {
        MessageConsumer<Buffer> consumer = vertx.eventBus().consumer(address, message -> heard.add(message.body()));
        Realm.await(consumer.completion());
        return consumer;
    }

    List<Buffer> heard() {
        return heard;
    }

    void publish(String address, Buffer frame) {
        vertx.eventBus().publish(address, frame, raw());
    }

    void send(String address, Buffer frame) {
        vertx.eventBus().send(address, frame, raw());
    }

    Future<Message<Object>> request(String address, Buffer frame) {
        return vertx.eventBus().request(address, frame, raw());
    }

    private static DeliveryOptions raw() {
        return new DeliveryOptions().setCodecName(RawCodec.NAME).setSendTimeout(3_000);
    }

    static final class RawCodec implements MessageCodec<Buffer, Buffer> {
        static final String NAME = "lk";

        private final String name;
        private final byte id;

        RawCodec() {
            this(NAME, (byte) -1);
        }

        RawCodec(String name, byte id) {
            this.name = name;
            this.id = id;
        }

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
            return name;
        }

        @Override
        public byte systemCodecID() {
            return id;
        }
    }
}
