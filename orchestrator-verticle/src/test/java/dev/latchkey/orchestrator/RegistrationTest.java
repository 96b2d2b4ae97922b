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
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.Question;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.eventbus.registration.RegistrationWire;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets a lease, and who does not. */
class RegistrationTest {
    private final Realm realm = Realm.create();
    private Vertx vertx;
    private OrchestratorVerticle orchestrator;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        orchestrator = realm.deployOrchestrator(vertx);
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private DenialReason denied(SecureEventBusOptions options) {
        Throwable failure = failure(SecureEventBus.join(vertx, options));
        assertThat(failure).isInstanceOf(DeniedException.class);
        return ((DeniedException) failure).reason();
    }

    @Test
    void join_bringsWhatPolicyAllows() {
        SecureEventBus bus = realm.join(vertx, "greeter");
        assertThat(bus.provides()).containsExactly("greet");
        assertThat(bus.invokes()).containsExactly("count");
        assertThat(bus.instance()).matches("[0-9a-f]{16}");
        assertThat(orchestrator.tally().registered()).isEqualTo(1);
    }

    @Test
    void join_ofPartOfWhatPolicyAllows_bringsThatPart() {
        SecureEventBus bus =
                await(SecureEventBus.join(vertx, realm.options("greeter").setProvides(Set.of("greet"))));
        assertThat(bus.provides()).containsExactly("greet");
        assertThat(bus.invokes()).isEmpty();
    }

    @Test
    void join_withoutACredential_isDenied() {
        assertThat(denied(realm.options("caller").setCredential(() -> ""))).isEqualTo(DenialReason.BAD_CREDENTIAL);
    }

    @Test
    void join_withACredentialOfAnotherService_isDenied() {
        assertThat(denied(realm.options("caller").setCredential(() -> realm.credential("greeter"))))
                .isEqualTo(DenialReason.BAD_CREDENTIAL);
    }

    @Test
    void join_withACredentialThatSomebodyElseSigned_isDenied() {
        SigningKey stranger = SigningKey.generate();
        assertThat(denied(realm.options("caller")
                        .setCredential(() -> realm.credential("caller", stranger, Clock.systemUTC()))))
                .isEqualTo(DenialReason.BAD_CREDENTIAL);
    }

    @Test
    void join_withACredentialThatExpired_isDenied() {
        Clock yesterday = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1));
        assertThat(denied(realm.options("caller").setCredential(() -> realm.credentialAt("caller", yesterday))))
                .isEqualTo(DenialReason.BAD_CREDENTIAL);
    }

    @Test
    void join_withACredentialOfTomorrow_isDenied() {
        Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofDays(1));
        assertThat(denied(realm.options("caller").setCredential(() -> realm.credentialAt("caller", tomorrow))))
                .isEqualTo(DenialReason.BAD_CREDENTIAL);
    }

    @Test
    void join_ofAServiceThatPolicyDoesNotKnow_isDenied() {
        assertThat(denied(realm.options("stranger"))).isEqualTo(DenialReason.UNKNOWN_SERVICE);
    }

    @Test
    void join_thatDeclaresMoreThanPolicyAllows_isDenied() {
        assertThat(denied(realm.options("caller").setProvides(Set.of("greet")))).isEqualTo(DenialReason.NOT_ALLOWED);
        assertThat(denied(realm.options("caller").setInvokes(Set.of("greet", "count"))))
                .isEqualTo(DenialReason.NOT_ALLOWED);
        assertThat(denied(realm.options("caller").setInvokes(Set.of("no_such"))))
                .isEqualTo(DenialReason.NOT_ALLOWED);
        assertThat(orchestrator.tally().registered()).isZero();
    }

    @Test
    void join_withAClockThatIsWrong_isCorrectedByTheAnswer() {
        Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofHours(3));
        SecureEventBus bus =
                await(SecureEventBus.join(vertx, realm.options("caller").setClock(wrong)));
        assertThat(bus.invokes()).containsExactly("greet");
    }

    @Test
    void join_withoutAnOrchestrator_failsAfterABoundedWait() {
        Vertx alone = Vertx.vertx();
        Throwable failure =
                failure(SecureEventBus.join(alone, realm.options("caller").setJoinTimeout(Duration.ofMillis(300))));
        assertThat(((ReplyException) failure).failureType()).isEqualTo(ReplyFailure.TIMEOUT);
        assertThat(failure).hasMessageContaining("no orchestrator of trust domain test.latchkey answered");
        await(alone.close());
    }

    @Test
    void join_withAnotherDomainsTrustBundle_isNotAnswered() {
        Realm other = Realm.create();
        Vertx node = Vertx.vertx();
        realm.deployOrchestrator(node);
        Throwable failure =
                failure(SecureEventBus.join(node, other.options("caller").setJoinTimeout(Duration.ofMillis(300))));
        assertThat(((ReplyException) failure).failureType()).isEqualTo(ReplyFailure.TIMEOUT);
        await(node.close());
    }

    @Test
    void join_withoutARequiredOption_saysWhichOne() {
        Throwable failure = failure(SecureEventBus.join(vertx, new SecureEventBusOptions()));
        assertThat(failure).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("trustBundle");
    }

    @Test
    void question_thatIsReplayed_isDenied() throws Exception {
        try (Question question = question("caller", realm.credential("caller"))) {
            assertThat(ask(question)).isInstanceOf(Answer.Granted.class);
            Answer again = ask(question);
            assertThat(((Answer.Denied) again).reason()).isEqualTo(DenialReason.BAD_REGISTRATION);
        }
        assertThat(orchestrator.tally().registered()).isEqualTo(1);
    }

    @Test
    void question_ofAnotherTime_isDenied() throws Exception {
        long now = System.currentTimeMillis();
        for (long sentAt : new long[] {0, now - 120_000, now + 120_000, Long.MAX_VALUE, now + Long.MIN_VALUE}) {
            Registration old = new Registration(
                    RegistrationKind.REGISTER,
                    sentAt,
                    "caller",
                    realm.credential("caller"),
                    "",
                    Set.of(),
                    Set.of(),
                    SecretBytes.random(Registration.SEED_LENGTH));
            try (Question question = Question.seal(old, realm.trust().registrationKey(), "test.latchkey")) {
                assertThat(((Answer.Denied) ask(question)).reason()).isEqualTo(DenialReason.BAD_REGISTRATION);
            }
        }
    }

    @Test
    void renewal_withAnotherSeed_isDenied() throws Exception {
        SecureEventBus bus = realm.join(vertx, "caller");
        Registration forged = registration(RegistrationKind.RENEW, "caller", "", bus.instance());
        try (Question question = Question.seal(forged, realm.trust().registrationKey(), "test.latchkey")) {
            assertThat(((Answer.Denied) ask(question)).reason()).isEqualTo(DenialReason.UNKNOWN_LEASE);
        }
    }

    @Test
    void leaving_withAnotherSeed_endsNothing() throws Exception {
        SecureEventBus bus = realm.join(vertx, "caller");
        Registration forged = registration(RegistrationKind.LEAVE, "caller", "", bus.instance());
        try (Question question = Question.seal(forged, realm.trust().registrationKey(), "test.latchkey")) {
            assertThat(((Answer.Denied) ask(question)).reason()).isEqualTo(DenialReason.UNKNOWN_LEASE);
        }
        assertThat(orchestrator.tally().left()).isZero();
    }

    @Test
    void question_thatIsNoQuestion_isRefused() {
        for (Object body :
                new Object[] {"text", Buffer.buffer(), Buffer.buffer(new byte[100]), Buffer.buffer(new byte[1 << 20])
                }) {
            ReplyException refusal = (ReplyException) failure(vertx.eventBus().request(RegistrationWire.ADDRESS, body));
            assertThat(refusal.failureCode()).isEqualTo(DenialReason.BAD_REGISTRATION.code());
        }
    }

    @Test
    void leave_endsTheLease() {
        SecureEventBus bus = realm.join(vertx, "caller");
        await(bus.leave());
        assertThat(orchestrator.tally().left()).isEqualTo(1);
    }

    @Test
    void undeploy_ofTheOwningVerticle_endsTheLease() {
        String deployment = await(vertx.deployVerticle(new Joiner()));
        assertThat(orchestrator.tally().registered()).isEqualTo(1);
        await(vertx.undeploy(deployment));
        await().untilAsserted(() -> assertThat(orchestrator.tally().left()).isEqualTo(1));
    }

    private final class Joiner extends io.vertx.core.VerticleBase {
        @Override
        public io.vertx.core.Future<?> start() {
            return SecureEventBus.join(vertx, realm.options("caller"));
        }
    }

    private Question question(String service, String credential) {
        return Question.seal(
                registration(RegistrationKind.REGISTER, service, credential, ""),
                realm.trust().registrationKey(),
                "test.latchkey");
    }

    private static Registration registration(
            RegistrationKind kind, String service, String credential, String instance) {
        return new Registration(
                kind,
                System.currentTimeMillis(),
                service,
                credential,
                instance,
                Set.of(),
                Set.of(),
                SecretBytes.random(Registration.SEED_LENGTH));
    }

    private Answer ask(Question question) throws Exception {
        Buffer sealed = await(vertx.eventBus().<Buffer>request(RegistrationWire.ADDRESS, question.sealed()))
                .body();
        return question.open(sealed);
    }
}
