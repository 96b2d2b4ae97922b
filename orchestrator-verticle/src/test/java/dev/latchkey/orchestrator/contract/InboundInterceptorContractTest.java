// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
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

/** What interceptors see of messages that arrive, and what they can do to them. */
class InboundInterceptorContractTest extends BusContract {
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

    /** Intercepts what the receiver gets at the case's address: the bus carries other messages too. */
    private Handler<DeliveryContext<Object>> intercept(Handler<DeliveryContext<Object>> interceptor) {
        Handler<DeliveryContext<Object>> filtered = delivery -> {
            if (delivery.message().address().equals(address)) {
                interceptor.handle(delivery);
            } else {
                delivery.next();
            }
        };
        return add(receiver, filtered);
    }

    /** Intercepts the answer that the sender gets, once a handler has stored where it goes. */
    private void interceptReply(List<String> replyAddresses, Handler<DeliveryContext<Object>> interceptor) {
        add(sender, delivery -> {
            if (replyAddresses.contains(delivery.message().address())) {
                interceptor.handle(delivery);
            } else {
                delivery.next();
            }
        });
    }

    private Handler<DeliveryContext<Object>> add(EventBus bus, Handler<DeliveryContext<Object>> interceptor) {
        bus.addInboundInterceptor(interceptor);
        removals.push(() -> bus.removeInboundInterceptor(interceptor));
        return interceptor;
    }

    private <T> Future<Message<T>> arrival() {
        Promise<Message<T>> arrived = Promise.promise();
        this.<T>consume(arrived::tryComplete);
        return arrived.future();
    }

    /** Answers requests, and stores where the answers go before they are sent. */
    private List<String> answering(Handler<Message<Object>> answer) {
        List<String> replyAddresses = new CopyOnWriteArrayList<>();
        this.<Object>consume(message -> {
            replyAddresses.add(message.replyAddress());
            answer.handle(message);
        });
        return replyAddresses;
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
        List<String> replyAddresses = answering(message -> message.reply("answer"));
        intercept(delivery -> {
            events.add(Seen.of(delivery));
            delivery.next();
        });
        await(sender.request(address, "question"));
        assertThat(replyAddresses).hasSize(1);
        assertThat(events).containsExactly(new Seen(address, true, true, replyAddresses.get(0)));
    }

    @Test
    void messageBody_isTheBodySent() {
        List<Object> bodies = List.of("letter", new JsonObject().put("letter", "a"), new Parcel("gift"));
        DeliveryOptions parcels = Parcel.codec(this);
        this.<Object>consume(message -> message.reply("done"));
        intercept(delivery -> {
            events.add(delivery.message().body());
            delivery.next();
        });
        for (Object body : bodies) {
            await(sender.request(address, body, body instanceof Parcel ? parcels : new DeliveryOptions()));
        }
        assertThat(events).isEqualTo(bodies);
    }

    @Test
    void nullMessageBody_isNull() {
        this.<Object>consume(message -> message.reply("done"));
        intercept(delivery -> {
            events.add(String.valueOf(delivery.message().body()));
            delivery.next();
        });
        await(sender.request(address, null));
        assertThat(events).containsExactly("null");
    }

    @Test
    void messageBody_isTheObjectThatTheHandlerGets() {
        this.<JsonObject>consume(message -> message.reply(message.body().getString("note")));
        intercept(delivery -> {
            ((JsonObject) delivery.message().body()).put("note", "by the interceptor");
            delivery.next();
        });
        assertThat(await(sender.<String>request(address, new JsonObject())).body())
                .isEqualTo("by the interceptor");
    }

    @Test
    void deliveryBody_isWhatIsDecodedAlready() {
        Future<?> arrived = arrival();
        intercept(delivery -> {
            events.add(String.valueOf(delivery.body()));
            delivery.next();
        });
        sender.send(address, "letter");
        await(arrived);
        // A message from the wire is decoded when somebody asks the message for its body, which nobody has.
        assertThat(events).containsExactly(kind.clustered ? "null" : "letter");
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
    void addedHeader_isSeenByHandler() {
        Future<Message<String>> arrived = arrival();
        intercept(delivery -> {
            delivery.message().headers().add("seal", "wax");
            delivery.next();
        });
        sender.send(address, "letter");
        assertThat(await(arrived).headers().get("seal")).isEqualTo("wax");
    }

    @Test
    void interceptors_runInOrderOfAdditionBeforeHandler() {
        this.<String>consume(message -> {
            events.add("handler");
            message.reply("done");
        });
        for (String name : List.of("first", "second", "third")) {
            intercept(delivery -> {
                events.add(name);
                delivery.next();
            });
        }
        await(sender.request(address, "question"));
        assertThat(events).containsExactly("first", "second", "third", "handler");
    }

    @Test
    void withoutNext_handlerGetsNothing() {
        Future<Message<String>> arrived = arrival();
        intercept(delivery -> {
            if (!"stopped".equals(delivery.message().body())) {
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
    void throwingInterceptor_requesterTimesOut() {
        this.<String>consume(message -> message.reply("too late"));
        intercept(delivery -> {
            throw new IllegalStateException("thrown by a test");
        });
        assertFailure(sender.request(address, "question", SHORT), ReplyFailure.TIMEOUT, -1);
    }

    @Test
    void reply_answersRequest() {
        this.<String>consume(message -> message.reply("from the handler"));
        intercept(delivery -> delivery.message().reply("from the interceptor"));
        assertThat(await(sender.<String>request(address, "question")).body()).isEqualTo("from the interceptor");
    }

    @Test
    void fail_endsRequest() {
        this.<String>consume(message -> message.reply("from the handler"));
        intercept(delivery -> delivery.message().fail(418, "teapot"));
        Future<?> answer = sender.request(address, "question");
        assertFailure(answer, ReplyFailure.RECIPIENT_FAILURE, 418);
        assertThat(failure(answer)).hasMessage("teapot");
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
        intercept(delivery -> Vertx.currentContext().runOnContext(later -> delivery.next()));
        assertThat(await(sender.<String>request(address, "Ada")).body()).isEqualTo("Hello Ada");
    }

    @Test
    void nextOnAnotherThread_delivers() {
        Future<?> arrived = arrival();
        intercept(delivery -> new Thread(delivery::next).start());
        sender.send(address, "letter");
        await(arrived);
    }

    @Test
    void removedInterceptor_runsNoMore() {
        this.<String>consume(message -> message.reply("done"));
        Handler<DeliveryContext<Object>> interceptor = intercept(delivery -> {
            events.add(String.valueOf(delivery.message().body()));
            delivery.next();
        });
        await(sender.request(address, "first"));
        receiver.removeInboundInterceptor(interceptor);
        await(sender.request(address, "second"));
        assertThat(events).containsExactly("first");
    }

    @Test
    void publishToTwo_isSeenTwice() {
        Future<?> first = arrival();
        Future<?> second = arrival();
        intercept(delivery -> {
            events.add(delivery.message().body());
            delivery.next();
        });
        sender.publish(address, "news");
        await(Future.all(first, second));
        assertThat(events).containsExactly("news", "news");
    }

    @Test
    void interceptor_runsOnContextOfHandler() {
        this.<String>consume(message -> {
            events.add(Vertx.currentContext());
            message.reply("done");
        });
        intercept(delivery -> {
            events.add(Vertx.currentContext());
            delivery.next();
        });
        await(sender.request(address, "question"));
        assertThat(events).hasSize(2);
        assertThat(events.get(0)).isSameAs(events.get(1));
    }

    @Test
    void reply_isSeenWithItsBody() {
        List<String> replyAddresses = answering(message -> message.reply("answer"));
        interceptReply(replyAddresses, delivery -> {
            events.add(Seen.of(delivery));
            events.add(delivery.message().body());
            delivery.next();
        });
        await(sender.request(address, "question"));
        assertThat(replyAddresses.get(0)).startsWith("__vertx.reply");
        assertThat(events).containsExactly(new Seen(replyAddresses.get(0), true, true, null), "answer");
    }

    @Test
    void replyHeaders_areSeenAndCanBeAdded() {
        DeliveryOptions stamped = new DeliveryOptions().addHeader("stamp", "blue");
        interceptReply(answering(message -> message.reply("answer", stamped)), delivery -> {
            events.add(delivery.message().headers().get("stamp"));
            delivery.message().headers().add("seal", "wax");
            delivery.next();
        });
        assertThat(await(sender.request(address, "question")).headers().get("seal"))
                .isEqualTo("wax");
        assertThat(events).containsExactly("blue");
    }

    @Test
    void failure_isSeenAsReplyException() {
        interceptReply(answering(message -> message.fail(418, "teapot")), delivery -> {
            events.add(delivery.message().body());
            delivery.next();
        });
        failure(sender.request(address, "question"));
        assertThat(events).singleElement().isInstanceOfSatisfying(ReplyException.class, failure -> {
            assertThat(failure.failureCode()).isEqualTo(418);
            assertThat(failure.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
        });
    }

    @Test
    void replyWithoutNext_requesterTimesOut() {
        List<String> replyAddresses = answering(message -> message.reply("answer"));
        // With the ways between the nodes open, the timeout is not what stops the answer.
        await(sender.request(address, "first"));
        interceptReply(replyAddresses, delivery -> events.add("stopped"));
        DeliveryOptions options = new DeliveryOptions().setSendTimeout(1000);
        assertFailure(sender.request(address, "second", options), ReplyFailure.TIMEOUT, -1);
        assertThat(events).containsExactly("stopped");
    }
}
