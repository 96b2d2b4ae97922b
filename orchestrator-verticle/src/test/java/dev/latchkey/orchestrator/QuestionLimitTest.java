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
import dev.latchkey.eventbus.registration.RegistrationWire;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An orchestrator does as much as it was told to in a second, and says at once when it does no more. */
class QuestionLimitTest {
    /** It stands still, so that nothing is refilled. */
    /** Nothing becomes free again, however long a test takes. */
    private static final Clock STILL = Clock.fixed(Instant.now(), ZoneOffset.UTC);

    private final Realm still = Realm.withPolicy(Realm.POLICY, STILL);
    private final Realm realm = Realm.withPolicy(Realm.POLICY, Clock.fixed(Instant.now(), ZoneOffset.UTC));

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private static long hits(OrchestratorVerticle orchestrator, String bound) {
        return orchestrator.metrics().snapshot().getOrDefault("latchkey.bound.hit{bound=" + bound + "}", -1L);
    }

    @Test
    void questions_beyondTheRate_areRefusedUnopened() {
        OrchestratorVerticle orchestrator =
                realm.deployOrchestrator(vertx, options -> options.setQuestionsPerSecond(3));
        for (int i = 0; i < 3; i++) {
            assertThat(refused()).isEqualTo(DenialReason.BAD_REGISTRATION);
        }
        assertThat(refused()).isEqualTo(DenialReason.OVERLOADED);
        assertThat(hits(orchestrator, "QUESTIONS")).isEqualTo(1);
        assertThat(orchestrator.metrics().snapshot())
                .containsEntry("latchkey.registrations{outcome=OVERLOADED}", 1L)
                .containsEntry("latchkey.registrations{outcome=DENIED}", 3L);
    }

    private @Nullable DenialReason refused() {
        Buffer garbage = Buffer.buffer(new byte[100]).setByte(0, (byte) 1);
        ReplyException refusal = (ReplyException) failure(vertx.eventBus().request(RegistrationWire.ADDRESS, garbage));
        return DenialReason.ofCode(refusal.failureCode());
    }

    @Test
    void question_thatIsTooLong_isCounted() {
        OrchestratorVerticle orchestrator = realm.deployOrchestrator(vertx);
        failure(vertx.eventBus()
                .request(RegistrationWire.ADDRESS, Buffer.buffer(new byte[RegistrationWire.MAX_LENGTH + 1])));
        assertThat(hits(orchestrator, "QUESTION_SIZE")).isEqualTo(1);
    }

    @Test
    void registrations_ofAServiceThatMakesTooMany_areRefused_andNoOthers() {
        OrchestratorVerticle orchestrator =
                still.deployOrchestrator(vertx, options -> options.setRegistrationsPerSecondOfService(2));
        await(SecureEventBus.join(vertx, callerWithCredential(1)));
        await(SecureEventBus.join(vertx, callerWithCredential(2)));
        Throwable failure =
                failure(SecureEventBus.join(vertx, callerWithCredential(3).setJoinTimeout(Duration.ofSeconds(1))));
        assertThat(((DeniedException) failure).reason()).isEqualTo(DenialReason.OVERLOADED);
        assertThat(still.join(vertx, "greeter").provides()).containsExactly("greet");
        assertThat(hits(orchestrator, "REGISTRATIONS_OF_SERVICE")).isPositive();
        assertThat(orchestrator.tally().registered()).isEqualTo(3);
    }

    /** A credential of its own, by the second of its issue. */
    private SecureEventBusOptions callerWithCredential(int second) {
        Clock issued = Clock.offset(STILL, Duration.ofSeconds(-second));
        String credential = still.credentialAt("caller", issued);
        return still.options("caller").setCredential(() -> credential);
    }

    /** Half of the service's rate is left for those who hold another one. */
    @Test
    void registrations_byOneCredential_leaveRoomForOthers() {
        OrchestratorVerticle orchestrator =
                still.deployOrchestrator(vertx, options -> options.setRegistrationsPerSecondOfService(2));
        await(SecureEventBus.join(vertx, callerWithCredential(1)));
        Throwable failure =
                failure(SecureEventBus.join(vertx, callerWithCredential(1).setJoinTimeout(Duration.ofSeconds(1))));
        assertThat(((DeniedException) failure).reason()).isEqualTo(DenialReason.OVERLOADED);
        assertThat(hits(orchestrator, "REGISTRATIONS_OF_CREDENTIAL")).isPositive();
        assertThat(await(SecureEventBus.join(vertx, callerWithCredential(2))).invokes())
                .containsExactly("greet");
    }

    /** Nobody uses up the rate of a service without a credential of it. */
    @Test
    void registrations_withoutACredential_useNothingUp() {
        realm.deployOrchestrator(vertx, options -> options.setRegistrationsPerSecondOfService(1));
        for (int i = 0; i < 3; i++) {
            failure(SecureEventBus.join(vertx, realm.options("caller").setCredential(() -> "")));
        }
        assertThat(realm.join(vertx, "caller").invokes()).containsExactly("greet");
    }

    /** As many as there may be join at the same time; whoever is refused asks again and gets in when there is room. */
    @Test
    void join_thatIsRefused_isTriedAgainUntilThereIsRoom() {
        MovingClock clock = new MovingClock();
        Realm moving = Realm.withPolicy(Realm.POLICY, clock);
        OrchestratorVerticle orchestrator =
                moving.deployOrchestrator(vertx, options -> options.setRegistrationsPerSecondOfService(1));
        moving.join(vertx, "caller");
        Future<SecureEventBus> second = SecureEventBus.join(vertx, moving.options("caller"));
        await().until(() -> hits(orchestrator, "REGISTRATIONS_OF_CREDENTIAL") > 0);
        clock.advance(Duration.ofSeconds(1));
        assertThat(await(second).invokes()).containsExactly("greet");
    }

    @Test
    void metrics_nameEachAlarmAndBound_fromTheStart() {
        Map<String, Long> snapshot = realm.deployOrchestrator(vertx).metrics().snapshot();
        assertThat(snapshot)
                .containsEntry("latchkey.alarms{kind=TAMPERED_RECORD}", 0L)
                .containsEntry("latchkey.bound.hit{bound=QUESTIONS}", 0L)
                .containsEntry("latchkey.leases", 0L);
    }
}
