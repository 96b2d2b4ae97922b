// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageConsumerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one context sends to one handler arrives in the order of sending. */
class OrderContractTest extends BusContract {
    private static final int MANY = 5_000;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Queue<Integer> bodies = new ConcurrentLinkedQueue<>();

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    private void awaitInOrder(int count) {
        await().atMost(LONG).until(() -> bodies.size() >= count);
        assertThat(bodies).containsExactlyElementsOf(upTo(count));
    }

    /** Pauses now and then, and resumes in a later turn of its event loop. */
    private void recordWithPauses() {
        MessageConsumer<Integer> consumer = receiver.consumer(
                new MessageConsumerOptions().setAddress(address).setMaxBufferedMessages(MANY + 1));
        Random random = new Random(7);
        registered(consumer.handler(message -> {
            bodies.add(message.body());
            if (random.nextInt(20) == 0) {
                consumer.pause();
                receiverVertx.runOnContext(run -> consumer.resume());
            }
        }));
    }

    @Test
    void sends_keepTheirOrder() {
        this.<Integer>consume(message -> bodies.add(message.body()));
        upTo(MANY).forEach(i -> sender.send(address, i));
        awaitInOrder(MANY);
    }

    @Test
    void publishes_keepTheirOrderAtEachConsumer() {
        Queue<Integer> others = new ConcurrentLinkedQueue<>();
        this.<Integer>consume(message -> bodies.add(message.body()));
        this.<Integer>consume(message -> others.add(message.body()));
        upTo(1_000).forEach(i -> sender.publish(address, i));
        awaitInOrder(1_000);
        await().atMost(LONG).untilAsserted(() -> assertThat(others).containsExactlyElementsOf(upTo(1_000)));
    }

    @Test
    void sendsPublishesAndRequests_keepTheirOrder() {
        this.<Integer>consume(message -> {
            bodies.add(message.body());
            message.reply("x");
        });
        for (int i = 0; i < 3_000; i++) {
            switch (i % 3) {
                case 0 -> sender.send(address, i);
                case 1 -> sender.publish(address, i);
                default -> sender.request(address, i);
            }
        }
        awaitInOrder(3_000);
    }

    @Test
    void sends_ofFourContexts_keepTheOrderOfEach() {
        this.<Integer>consume(message -> bodies.add(message.body()));
        List<String> deployments = new ArrayList<>();
        for (int context = 0; context < 4; context++) {
            int first = context * MANY;
            Deployable verticle = own -> {
                own.runOnContext(run -> upTo(MANY).forEach(i -> sender.send(address, first + i)));
                return Future.succeededFuture();
            };
            deployments.add(await(senderVertx.deployVerticle(verticle)));
        }
        await().atMost(LONG).until(() -> bodies.size() >= 4 * MANY);
        for (int context = 0; context < 4; context++) {
            int which = context;
            assertThat(bodies.stream().filter(i -> i / MANY == which).map(i -> i % MANY))
                    .containsExactlyElementsOf(upTo(MANY));
        }
        deployments.forEach(deployment -> await(senderVertx.undeploy(deployment)));
    }

    @Test
    void sends_toAConsumerThatPauses_keepTheirOrder() {
        recordWithPauses();
        upTo(MANY).forEach(i -> sender.send(address, i));
        awaitInOrder(MANY);
    }

    @Test
    void sends_throughAForwardingConsumer_keepTheirOrder() {
        this.<Integer>consume(message -> bodies.add(message.body()));
        String entrance = freshAddress();
        this.<Integer>consume(receiver, entrance, message -> receiver.send(address, message.body()));
        upTo(1_000).forEach(i -> sender.send(entrance, i));
        awaitInOrder(1_000);
    }

    @Test
    void replies_keepTheOrderOfTheRequests() {
        this.<Integer>consume(message -> message.reply(message.body()));
        senderVertx.runOnContext(run -> upTo(1_000)
                .forEach(i -> sender.<Integer>request(address, i).onSuccess(reply -> bodies.add(reply.body()))));
        awaitInOrder(1_000);
    }

    @Test
    void replies_ofAWorker_keepTheOrderOfTheRequests() {
        Deployable verticle = context -> receiver.<Integer>consumer(address, message -> message.reply(message.body()))
                .completion();
        String deployment = await(receiverVertx.deployVerticle(
                verticle, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
        senderVertx.runOnContext(run -> upTo(1_000)
                .forEach(i -> sender.<Integer>request(address, i).onSuccess(reply -> bodies.add(reply.body()))));
        awaitInOrder(1_000);
        await(receiverVertx.undeploy(deployment));
    }

    @Test
    void replies_heldBack_keepTheOrderOfReplying() {
        Promise<Void> all = Promise.promise();
        Queue<Message<Integer>> held = new ConcurrentLinkedQueue<>();
        this.<Integer>consume(message -> {
            held.add(message);
            if (held.size() == 100) {
                all.complete();
            }
        });
        senderVertx.runOnContext(run -> upTo(100)
                .forEach(i -> sender.<Integer>request(address, i).onSuccess(reply -> bodies.add(reply.body()))));
        await(all.future());
        held.forEach(message -> message.reply(message.body()));
        awaitInOrder(100);
    }
}
