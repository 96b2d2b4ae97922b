// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import io.vertx.core.Future;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How long a client tries, by a clock that only its own waits move. */
class OrchestratorPatienceTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
    private final List<Long> timeouts = new CopyOnWriteArrayList<>();
    private final List<Long> pauses = new CopyOnWriteArrayList<>();
    private final TrustBundle trust = new TrustBundle(
            "test.example",
            HpkeKeyPair.generate().publicKey(),
            List.of(SigningKey.generate().verifyingKey()));
    private final OrchestratorClient client = new OrchestratorClient(new Waiting(), trust, nanos::get);

    @AfterAll
    static void close() {
        VERTX.close().await();
    }

    private static Registration registration() {
        SecretBytes seed = SecretBytes.random(Registration.SEED_LENGTH);
        return new Registration(RegistrationKind.REGISTER, 1, "web", "c", "", Set.of(), Set.of(), seed);
    }

    /** The milliseconds until it gave up. */
    private long patience(Duration patience) throws Exception {
        long begin = nanos.get();
        Future<Answer> asked = client.ask(OrchestratorPatienceTest::registration, patience);
        Throwable failure = asked.transform(done -> Future.succeededFuture(done.cause()))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        assertThat(failure).isInstanceOfSatisfying(ReplyException.class, given -> assertThat(given.failureType())
                .isEqualTo(ReplyFailure.TIMEOUT));
        return (nanos.get() - begin) / 1_000_000;
    }

    @Test
    void ask_nobodyAnswers_triesUntilItsTimeIsUp_andNoLonger() throws Exception {
        assertThat(patience(Duration.ofSeconds(10))).isBetween(9_500L, 10_000L);
        assertThat(timeouts.get(0)).isEqualTo(1_000);
        assertThat(timeouts.subList(1, timeouts.size() - 1)).containsOnly(2_000L);
        assertThat(timeouts.get(timeouts.size() - 1)).isLessThanOrEqualTo(2_000);
    }

    @Test
    void ask_pausesGrow_andHalfOfEachIsDrawn() throws Exception {
        patience(Duration.ofSeconds(60));
        List<Long> bounds = List.of(25L, 50L, 100L, 200L, 400L, 500L, 500L);
        for (int i = 0; i < bounds.size(); i++) {
            assertThat(pauses.get(i)).isBetween(bounds.get(i) / 2, bounds.get(i));
        }
        assertThat(pauses.subList(5, pauses.size())).allMatch(pause -> pause >= 250 && pause <= 500);
        assertThat(Set.copyOf(pauses.subList(5, pauses.size()))).hasSizeGreaterThan(1);
    }

    @Test
    void ask_shorterThanTheFirstAttempt_waitsForAllOfIt() throws Exception {
        assertThat(patience(Duration.ofMillis(300))).isEqualTo(300);
        assertThat(timeouts).containsExactly(300L);
        assertThat(pauses).isEmpty();
    }

    @Test
    void ask_tooLittleLeftForAPause_givesUp() throws Exception {
        assertThat(patience(Duration.ofMillis(1_005))).isEqualTo(1_000);
        assertThat(timeouts).containsExactly(1_000L);
        assertThat(pauses).isEmpty();
    }

    @Test
    void ask_noPatience_asksForAMillisecond() throws Exception {
        assertThat(patience(Duration.ZERO)).isEqualTo(1);
        assertThat(timeouts).containsExactly(1L);
    }

    @Test
    void askOnce_isPatientForTwoSeconds_once() {
        assertThat(client.askOnce(OrchestratorPatienceTest::registration).failed())
                .isTrue();
        assertThat(timeouts).containsExactly(2_000L);
    }

    /** A Vertx whose bus and timers take the time that they are given, by the clock of the test. */
    private final class Waiting extends VertxWrapper {
        Waiting() {
            super((VertxInternal) VERTX);
        }

        @Override
        public Timer timer(long delay, TimeUnit unit) {
            pauses.add(unit.toMillis(delay));
            nanos.addAndGet(unit.toNanos(delay));
            return super.timer(1, TimeUnit.MILLISECONDS);
        }

        @Override
        public EventBus eventBus() {
            return (EventBus) Proxy.newProxyInstance(
                    EventBus.class.getClassLoader(), new Class<?>[] {EventBus.class}, (proxy, method, args) -> {
                        assertThat(method.getName()).isEqualTo("request");
                        return unanswered((DeliveryOptions) args[2]);
                    });
        }

        private Future<?> unanswered(DeliveryOptions options) {
            timeouts.add(options.getSendTimeout());
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(options.getSendTimeout()));
            return Future.failedFuture(new ReplyException(ReplyFailure.TIMEOUT, "nobody"));
        }
    }
}
