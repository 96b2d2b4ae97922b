// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.Question;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.eventbus.registration.RegistrationWire;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A join token lets one instance in, whoever asks, wherever. */
class JoinTokenTest {
    private final MovingClock clock = new MovingClock();
    private final Realm realm = Realm.withPolicy(Realm.POLICY.replace("60s", "2s"), clock);
    private Topology topology = Topology.local();

    @AfterEach
    void stop() {
        topology.close();
    }

    private Vertx node(int index) {
        return topology.node(index);
    }

    private Future<SecureEventBus> join(int node, String service, String token) {
        return SecureEventBus.join(node(node), options(service, token));
    }

    private SecureEventBusOptions options(String service, String token) {
        return realm.options(service).setCredential(() -> token);
    }

    private static void assertDenied(Future<?> joined, DenialReason reason) {
        assertThat(failure(joined)).isInstanceOfSatisfying(DeniedException.class, denied -> assertThat(denied.reason())
                .isEqualTo(reason));
    }

    @Test
    void join_again_isDenied() {
        realm.deployOrchestrator(node(0));
        String token = realm.joinToken("greeter");
        assertThat(await(join(0, "greeter", token)).provides()).containsExactly("greet");
        assertDenied(join(0, "greeter", token), DenialReason.BAD_CREDENTIAL);
    }

    /** Which rule was broken is told to the log alone. */
    @Test
    void join_denied_isToldNoMoreThanTheReason() {
        realm.deployOrchestrator(node(0));
        assertThat(failure(join(0, "greeter", "lkj1.no.such.token")))
                .hasMessage("BAD_CREDENTIAL: " + DenialReason.BAD_CREDENTIAL.text());
    }

    @Test
    void join_asAnotherService_isDeniedAndDoesNotUseItUp() {
        realm.deployOrchestrator(node(0));
        String token = realm.joinToken("greeter");
        assertDenied(join(0, "caller", token), DenialReason.BAD_CREDENTIAL);
        assertDenied(
                SecureEventBus.join(node(0), options("greeter", token).setProvides(Set.of("count"))),
                DenialReason.NOT_ALLOWED);
        await(join(0, "greeter", token));
    }

    @Test
    void join_atTwoOrchestratorsAtOnce_letsOneIn() {
        topology.close();
        topology = Topology.clustered(2);
        OrchestratorVerticle first = realm.deployOrchestrator(node(0));
        OrchestratorVerticle second = realm.deployOrchestrator(node(1));
        for (int i = 0; i < 5; i++) {
            String token = realm.joinToken("caller");
            Future<SecureEventBus> one = join(0, "caller", token);
            Future<SecureEventBus> other = join(1, "caller", token);
            await(Future.join(one, other).otherwiseEmpty());
            assertThat(one.succeeded()).isNotEqualTo(other.succeeded());
        }
        assertThat(first.tally().registered() + second.tally().registered()).isEqualTo(5);
    }

    /** The answer may get lost on its way: then the library asks again, under the same seed. */
    @Test
    void question_ofTheSameSeed_isGrantedAgainAndOfAnotherIsNot() throws Exception {
        realm.deployOrchestrator(node(0));
        String token = realm.joinToken("caller");
        try (SecretBytes seed = SecretBytes.random(Registration.SEED_LENGTH);
                SecretBytes other = SecretBytes.random(Registration.SEED_LENGTH)) {
            assertThat(ask(token, seed)).isInstanceOf(Answer.Granted.class);
            assertThat(ask(token, seed)).isInstanceOf(Answer.Granted.class);
            assertThat(ask(token, other)).isInstanceOf(Answer.Denied.class);
        }
    }

    private Answer ask(String token, SecretBytes seed) throws Exception {
        Registration registration = new Registration(
                RegistrationKind.REGISTER, clock.millis(), "caller", token, "", Set.of(), Set.of(), seed);
        try (Question question = Question.seal(registration, realm.trust().registrationKey(), "test.latchkey")) {
            return question.open(await(node(0).eventBus().<Buffer>request(RegistrationWire.ADDRESS, question.sealed()))
                    .body());
        }
    }

    /** Its lease was let run out, so it must register anew, and cannot until it is given another token. */
    @Test
    void instance_whoseLeaseEnded_needsAnotherToken() {
        OrchestratorVerticle orchestrator = realm.deployOrchestrator(node(0));
        AtomicReference<String> token = new AtomicReference<>(realm.joinToken("caller"));
        AtomicInteger asked = new AtomicInteger();
        await(SecureEventBus.join(node(0), realm.options("caller").setCredential(() -> {
            asked.incrementAndGet();
            return token.get();
        })));
        clock.advance(Duration.ofSeconds(30));
        await().until(() -> asked.get() > 2);
        assertThat(orchestrator.tally().registered()).isEqualTo(1);
        token.set(realm.joinToken("caller"));
        await().until(() -> orchestrator.tally().registered() == 2);
    }
}
