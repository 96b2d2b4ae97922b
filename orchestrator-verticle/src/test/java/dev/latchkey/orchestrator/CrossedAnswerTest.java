// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.impl.MessageImpl;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A caller names the reply address of another's request as its own, and provokes an answer: the victim provides one operation and
 * waits for another's answer in the same JVM.
 */
class CrossedAnswerTest {
    private static final String PROVOKED = "greeting.hello";
    private static final String AWAITED = "counting";

    private final Realm realm = Realm.create();
    private final Topology topology = Topology.local();
    private final Vertx vertx = topology.node(0);
    private final List<Message<Object>> awaited = new CopyOnWriteArrayList<>();
    private SecureEventBus victim;
    private SecureEventBus caller;

    @BeforeEach
    void join() {
        realm.deployOrchestrator(vertx);
        victim = realm.join(vertx, "greeter");
        caller = realm.join(vertx, "caller");
        await(realm.join(vertx, "counter").consumer(AWAITED, awaited::add).completion());
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    private void stealTheReplyAddress() {
        Handler<DeliveryContext<Object>> thief = delivery -> {
            if (delivery.message().address().equals(PROVOKED)) {
                ((MessageImpl<?, ?>) delivery.message())
                        .setReplyAddress(awaited.get(0).replyAddress());
            }
            delivery.next();
        };
        vertx.eventBus().addOutboundInterceptor(thief);
    }

    private Object outcome(Handler<Message<Object>> provoked) {
        await(victim.consumer(PROVOKED, provoked).completion());
        Future<Message<Object>> pending = victim.request(AWAITED, "x");
        await().until(() -> !awaited.isEmpty());
        stealTheReplyAddress();
        caller.send(PROVOKED, "provoke");
        await().until(() -> victim.refusals().getOrDefault(DenialReason.OUT_OF_SCOPE, 0L) > 0);
        awaited.get(0).reply("true answer");
        return await(pending.<Object>map(Message::body).otherwise(failure -> failure));
    }

    @Test
    void failure_ofAnotherRequest_doesNotEndThisOne() {
        assertThat(outcome(message -> message.fail(42, "provoked"))).isEqualTo("true answer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "provoked"})
    void answer_toAnotherRequest_doesNotEndThisOne(String body) {
        assertThat(outcome(message -> message.reply(body.isEmpty() ? null : body)))
                .isEqualTo("true answer");
    }
}
