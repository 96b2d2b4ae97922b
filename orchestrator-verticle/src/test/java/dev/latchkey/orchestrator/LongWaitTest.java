// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages and answers that outlive the token that they were sent under, as nothing on the plain bus ends while they wait. */
class LongWaitTest {
    private static final String ADDRESS = "greeting.hello";
    private static final String OTHER_ADDRESS = "greeting.bye";
    private static final Duration LONG_AFTER_THE_TOKEN = Duration.ofMinutes(5);
    private static final DeliveryOptions PATIENT =
            new DeliveryOptions().setSendTimeout(Duration.ofMinutes(30).toMillis());
    private static final String SHORT = """
            version: 1
            trustDomain: test.latchkey
            defaults: {tokenLifetime: 2s, rotationInterval: 1s, leaseDuration: 2s}
            operations:
              greet: {addresses: [greeting.hello, greeting.bye]}
            services:
              caller: {invokes: [greet]}
              greeter: {provides: [greet]}
            """;

    private final MovingClock clock = new MovingClock();
    private final Realm realm = Realm.withPolicy(SHORT, clock);
    private final Topology topology = Topology.clustered(2);
    private SecureEventBus caller;
    private SecureEventBus greeter;

    @BeforeEach
    void join() {
        realm.deployOrchestrator(topology.node(0));
        caller = realm.join(topology.node(0), "caller");
        greeter = realm.join(topology.node(1), "greeter");
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    /** Both sides notice, and sweep out what has ended. */
    private void letTheTokenEnd() {
        String callerWas = caller.instance();
        String greeterWas = greeter.instance();
        clock.advance(LONG_AFTER_THE_TOKEN);
        await().until(() ->
                !caller.instance().equals(callerWas) && !greeter.instance().equals(greeterWas));
    }

    private Message<Object> requested(DeliveryOptions options, List<Future<Message<Object>>> answers) {
        List<Message<Object>> got = new CopyOnWriteArrayList<>();
        await(greeter.consumer(ADDRESS, got::add).completion());
        await().until(() -> {
            answers.add(caller.request(ADDRESS, "hello", options));
            return !got.isEmpty();
        });
        return got.get(0);
    }

    @Test
    void answer_toAPatientCaller_arrivesLongAfterTheToken() {
        List<Future<Message<Object>>> answers = new CopyOnWriteArrayList<>();
        Message<Object> request = requested(PATIENT, answers);
        letTheTokenEnd();
        request.reply("late");
        await().until(() -> answers.stream().anyMatch(Future::succeeded));
    }

    @Test
    void answer_toAnImpatientCaller_isAwaitedNoLongerThanItsKeysAreKept() {
        List<Future<Message<Object>>> answers = new CopyOnWriteArrayList<>();
        requested(new DeliveryOptions(), answers);
        letTheTokenEnd();
        assertThat(failure(answers.get(answers.size() - 1)))
                .isInstanceOfSatisfying(DeniedException.class, denied -> assertThat(denied.reason())
                        .isEqualTo(DenialReason.EXPIRED));
    }

    @Test
    void messages_ofAPausedConsumer_areHandledLongAfterTheToken() {
        List<Object> got = new CopyOnWriteArrayList<>();
        MessageConsumer<Object> paused = greeter.consumer(ADDRESS);
        paused.handler(message -> got.add(message.body())).pause();
        await(paused.completion());
        await(greeter.consumer(OTHER_ADDRESS, message -> message.reply(message.body()))
                .completion());
        await().until(() -> await(caller.request(OTHER_ADDRESS, 0).map(true).otherwise(false)));
        await().until(() -> await(caller.sender(ADDRESS).write(1).map(true).otherwise(false)));
        caller.send(ADDRESS, 2);
        await(caller.request(OTHER_ADDRESS, 3)); // On the same connection: what was sent before has arrived.
        letTheTokenEnd();
        assertThat(got).isEmpty();
        paused.resume();
        await().untilAsserted(() -> assertThat(got).containsExactly(1, 2));
        assertThat(greeter.refusals()).isEmpty();
    }
}
