// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What interceptors see of messages that leave, and what they can do to them. */
class OutboundInterceptorContractTest extends BusContract {
    private static final DeliveryOptions SHORT = new DeliveryOptions().setSendTimeout(300);

    private final Deque<Runnable> removals = new ArrayDeque<>();
    private final List<Object> events = new CopyOnWriteArrayList<>();

    /** What an interceptor can learn of a message without its body and headers. */
    private record Seen(
            String address,
            boolean send,
            boolean isSend,
            @Nullable String replyAddress) {
        static Seen of(DeliveryContext<Object> delivery) {
            Message<Object> message = delivery.message();
            return new Seen(message.address(), delivery.send(), message.isSend(), message.replyAddress());
        }
    }

    @AfterEach
    void removeInterceptors() {
        removals.forEach(Runnable::run);
    }

    /** Intercepts what the sender sends to the case's address: the bus carries other messages too. */
    private Handler<DeliveryContext<Object>> intercept(Handler<DeliveryContext<Object>> interceptor) {
        Handler<DeliveryContext<Object>> filtered = delivery -> {
            if (delivery.message().address().equals(address)) {
                interceptor.handle(delivery);
            } else {
                delivery.next();
            }
        };
        return add(sender, filtered);
    }

    private Handler<DeliveryContext<Object>> add(EventBus bus, Handler<DeliveryContext<Object>> interceptor) {
        bus.addOutboundInterceptor(interceptor);
        removals.push(() -> bus.removeOutboundInterceptor(interceptor));
        return interceptor;
    }

    private <T> Future<Message<T>> arrival() {
        Promise<Message<T>> arrived = Promise.promise();
        this.<T>consume(arrived::tryComplete);
        return arrived.future();
    }

    @Test
    void send_isSeen() {
        Future<?> arrived = arrival();
        intercept(delivery -> {
            events.add(Seen.of(delivery));
            delivery.next();
        });
        sender.send(address, "letter");
        await(arrived);
        assertThat(events).containsExactly(new Seen(address, true, true, null));
    }

    @Test
    void publish_isSeen() {
        Future<?> arrived = arrival();
        intercept(delivery -> {
            events.add(Seen.of(delivery));
            delivery.next();
        });
        sender.publish(address, "news");
        await(arrived);
        assertThat(events).containsExactly(new Seen(address, false, false, null));
    }

    @Test
    void request_isSeenWithReplyAddress() {
        this.<String>consume(message -> message.reply(message.replyAddress()));
        intercept(delivery -> {
            events.add(Seen.of(delivery));
            delivery.next();
        });
        String replyAddress = await(sender.<String>request(address, "question")).body();
        assertThat(replyAddress).isNotNull();
        assertThat(events).containsExactly(new Seen(address, true, true, replyAddress));
    }

    @Test
    void body_isTheVeryBodySent() {
        List<Object> bodies = List.of("letter", new JsonObject().put("letter", "a"), new Parcel("gift"));
        DeliveryOptions parcels = Parcel.codec(this);
        this.<Object>consume(message -> message.reply("done"));
        intercept(delivery -> {
            events.add(delivery.body());
            delivery.next();
        });
        for (Object body : bodies) {
            await(sender.request(address, body, body instanceof Parcel ? parcels : new DeliveryOptions()));
            assertThat(events.get(events.size() - 1)).isSameAs(body);
        }
    }

    @Test
    void nullBody_isNull() {
        this.<Object>consume(message -> message.reply("done"));
        intercept(delivery -> {
            events.add(String.valueOf(delivery.body()));
            delivery.next();
        });
        await(sender.request(address, null));
        assertThat(events).containsExactly("null");
    }

    @Test
    void headers_areThoseSent() {
        Future<?> arrived = arrival();
        intercept(delivery -> {
            delivery.message().headers().forEach((name, value) -> events.add(name + "=" + value));
            delivery.next();
        });
        sender.send(address, "letter", new DeliveryOptions().addHeader("stamp", "blue"));
        await(arrived);
        assertThat(events).containsExactly("stamp=blue");
    }

    @Test
    void addedHeader_arrivesBesideThoseSent() {
        Future<Message<String>> arrived = arrival();
        intercept(delivery -> {
            delivery.message().headers().add("seal", "wax");
            delivery.next();
        });
        sender.send(address, "letter", new DeliveryOptions().addHeader("stamp", "blue"));
        Message<String> message = await(arrived);
        assertThat(message.headers().get("stamp")).isEqualTo("blue");
        assertThat(message.headers().get("seal")).isEqualTo("wax");
    }

    @Test
    void addedHeader_arrivesWhereNoneWasSent() {
        Future<Message<String>> arrived = arrival();
        intercept(delivery -> {
            delivery.message().headers().add("seal", "wax");
            delivery.next();
        });
        sender.send(address, "letter");
        assertThat(await(arrived).headers().get("seal")).isEqualTo("wax");
    }

    @Test
    void interceptors_runInOrderOfAdditionBeforeDelivery() {
        this.<String>consume(message -> {
            events.add("delivery");
            message.reply("done");
        });
        for (String name : List.of("first", "second", "third")) {
            intercept(delivery -> {
                events.add(name);
                delivery.next();
            });
        }
        await(sender.request(address, "question"));
        assertThat(events).containsExactly("first", "second", "third", "delivery");
    }

    @Test
    void withoutNext_messageIsNotSent() {
        Future<Message<String>> arrived = arrival();
        intercept(delivery -> {
            if (!"stopped".equals(delivery.body())) {
                delivery.next();
            }
        });
        sender.send(address, "stopped").send(address, "marker");
        assertThat(await(arrived).body()).isEqualTo("marker");
    }

    @Test
    void withoutNext_requesterTimesOut() {
        this.<String>consume(message -> message.reply("too late"));
        intercept(delivery -> {});
        assertFailure(sender.request(address, "question", SHORT), ReplyFailure.TIMEOUT, -1);
    }

    @Test
    void fail_endsRequest() {
        intercept(delivery -> delivery.message().fail(418, "teapot"));
        Future<?> answer = sender.request(address, "question");
        assertFailure(answer, ReplyFailure.RECIPIENT_FAILURE, 418);
        assertThat(failure(answer)).hasMessage("teapot");
    }

    @Test
    void reply_answersRequest() {
        intercept(delivery -> delivery.message().reply("from the interceptor"));
        assertThat(await(sender.<String>request(address, "question")).body()).isEqualTo("from the interceptor");
    }

    @Test
    void throwingInterceptor_requesterTimesOut() {
        this.<String>consume(message -> message.reply("too late"));
        intercept(delivery -> {
            throw new IllegalStateException("thrown by a test");
        });
        assertFailure(sender.request(address, "question", SHORT), ReplyFailure.TIMEOUT, -1);
    }

    private static void assertFailure(Future<?> answer, ReplyFailure type, int code) {
        assertThat(failure(answer)).isInstanceOfSatisfying(ReplyException.class, failure -> {
            assertThat(failure.failureType()).isEqualTo(type);
            assertThat(failure.failureCode()).isEqualTo(code);
        });
    }

    @Test
    void laterNext_delivers() {
        this.<String>consume(message -> message.reply("Hello " + message.body()));
        intercept(delivery -> senderVertx.setTimer(1, timer -> delivery.next()));
        assertThat(await(sender.<String>request(address, "Ada")).body()).isEqualTo("Hello Ada");
    }

    @Test
    void removedInterceptor_runsNoMore() {
        this.<String>consume(message -> message.reply("done"));
        Handler<DeliveryContext<Object>> interceptor = intercept(delivery -> {
            events.add(String.valueOf(delivery.body()));
            delivery.next();
        });
        await(sender.request(address, "first"));
        sender.removeOutboundInterceptor(interceptor);
        await(sender.request(address, "second"));
        assertThat(events).containsExactly("first");
    }

    @Test
    void reply_isSeenWithItsBody() {
        List<String> replyAddresses = new CopyOnWriteArrayList<>();
        this.<String>consume(message -> {
            replyAddresses.add(message.replyAddress());
            message.reply("answer");
        });
        add(receiver, delivery -> {
            if (replyAddresses.contains(delivery.message().address())) {
                events.add(Seen.of(delivery));
                events.add(delivery.body());
            }
            delivery.next();
        });
        await(sender.request(address, "question"));
        assertThat(events).containsExactly(new Seen(replyAddresses.get(0), true, true, null), "answer");
    }

    @Test
    void replyHeader_arrivesAtRequester() {
        List<String> replyAddresses = new CopyOnWriteArrayList<>();
        this.<String>consume(message -> {
            replyAddresses.add(message.replyAddress());
            message.reply("answer");
        });
        add(receiver, delivery -> {
            if (replyAddresses.contains(delivery.message().address())) {
                delivery.message().headers().add("seal", "wax");
            }
            delivery.next();
        });
        assertThat(await(sender.request(address, "question")).headers().get("seal"))
                .isEqualTo("wax");
    }

    @Test
    void registration_returnsTheBus() {
        Handler<DeliveryContext<Object>> interceptor = DeliveryContext::next;
        assertThat(sender.addOutboundInterceptor(interceptor)).isSameAs(sender);
        assertThat(sender.removeOutboundInterceptor(interceptor)).isSameAs(sender);
    }
}
