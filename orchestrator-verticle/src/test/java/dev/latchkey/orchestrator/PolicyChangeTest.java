// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageProducer;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A running system moves from no policy to a strict one: nothing joins anew, no consumer or producer is made anew. */
class PolicyChangeTest {
    private static final String ADDRESS = "greeting.hello";
    private static final String OBSERVING = """
            version: 1
            trustDomain: test.latchkey
            defaults: {unlisted: observe, tokenLifetime: 5s, rotationInterval: 5s, leaseDuration: 5s}
            services:
              caller: {}
              stranger: {}
              greeter: {}
            """;
    private static final String STRICT = """
            version: 1
            trustDomain: test.latchkey
            defaults: {unlisted: observe, tokenLifetime: 5s, rotationInterval: 5s, leaseDuration: 5s}
            operations:
              greet: {addresses: [greeting.hello], mode: strict}
            services:
              caller: {invokes: [greet]}
              stranger: {}
              greeter: {provides: [greet]}
            """;

    private final Realm realm = Realm.withPolicy(OBSERVING, Clock.systemUTC());
    private final Topology topology = Topology.clustered(2);
    private String orchestrator;
    private SecureEventBus caller;
    private SecureEventBus stranger;
    private SecureEventBus greeter;

    @BeforeEach
    void join() {
        orchestrator = await(topology.node(0).deployVerticle(realm.orchestrator()));
        caller = realm.join(topology.node(0), "caller");
        stranger = realm.join(topology.node(0), "stranger");
        greeter = realm.join(topology.node(1), "greeter");
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    private void becomeStrict() {
        String was = caller.instance();
        realm.changePolicy(STRICT);
        String next = await(topology.node(0).deployVerticle(realm.orchestrator()));
        await(topology.node(0).undeploy(orchestrator));
        orchestrator = next;
        await().until(() ->
                caller.invokes().contains("greet") && greeter.provides().contains("greet"));
        assertThat(caller.instance()).isEqualTo(was);
    }

    private Object ask(SecureEventBus bus) {
        return await(bus.request(ADDRESS, "hello").<Object>map(Message::body).otherwise(failure -> failure));
    }

    @Test
    void consumerAndProducer_fromBefore_goOnSealed_andOnlyTheInvitedDo() {
        await(greeter.consumer(ADDRESS, message -> message.reply("Hello")).completion());
        MessageProducer<String> producer = caller.sender(ADDRESS);
        await().until(() -> "Hello".equals(ask(stranger)));
        becomeStrict();
        await().until(() -> ask(stranger) instanceof DeniedException);
        assertThat(ask(caller)).isEqualTo("Hello");
        await(producer.write("hello"));
        assertThat(greeter.refusals()).isEmpty();
    }

    @Test
    void consumer_pausedBeforeAndAfter_resumes() {
        List<Object> got = new CopyOnWriteArrayList<>();
        MessageConsumer<Object> consumer = greeter.consumer(ADDRESS, message -> got.add(message.body()));
        await(consumer.completion());
        consumer.pause();
        becomeStrict();
        consumer.pause();
        await().until(() ->
                await(caller.sender(ADDRESS).write("hello").map(true).otherwise(false)));
        consumer.fetch(1);
        await().untilAsserted(() -> assertThat(got).containsExactly("hello"));
        caller.send(ADDRESS, "and more");
        consumer.resume();
        await().untilAsserted(() -> assertThat(got).containsExactly("hello", "and more"));
    }
}
