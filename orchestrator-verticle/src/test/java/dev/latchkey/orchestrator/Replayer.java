// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.impl.MessageImpl;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A member of the cluster that swallows requests and sends them again and again, with the reply address that they came with. */
final class Replayer {
    private static final String REPLY_ADDRESS = "replay-to";

    private final EventBus bus;
    private final Queue<Message<Buffer>> swallowed = new ConcurrentLinkedQueue<>();

    Replayer(Vertx vertx) {
        this.bus = vertx.eventBus().registerCodec(new Attacker.RawCodec());
        bus.addOutboundInterceptor(Replayer::keepReplyAddress);
    }

    private static void keepReplyAddress(DeliveryContext<Object> delivery) {
        String address = delivery.message().headers().get(REPLY_ADDRESS);
        if (address != null) {
            ((MessageImpl<?, ?>) delivery.message()).setReplyAddress(address);
        }
        delivery.next();
    }

    /** Takes part in the address's turns until it has swallowed something. */
    void swallow(String address) {
        MessageConsumer<Buffer> ear = bus.consumer(address, swallowed::add);
        Realm.await(ear.completion());
        org.awaitility.Awaitility.await().until(() -> !swallowed.isEmpty());
        Realm.await(ear.unregister());
    }

    /** Sends all that was swallowed so many times, and says how many messages that were. */
    int replay(int times) {
        int sent = 0;
        for (Message<Buffer> message = swallowed.poll(); message != null; message = swallowed.poll()) {
            for (int i = 0; i < times; i++) {
                bus.send(message.address(), message.body(), sameAs(message));
                sent++;
            }
        }
        return sent;
    }

    private static DeliveryOptions sameAs(Message<Buffer> message) {
        DeliveryOptions options = new DeliveryOptions().setCodecName(Attacker.RawCodec.NAME);
        return message.replyAddress() == null ? options : options.addHeader(REPLY_ADDRESS, message.replyAddress());
    }
}
