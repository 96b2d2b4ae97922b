// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Modes;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.ProviderKey;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.eventbus.token.GrantMaker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members of one local Vertx, from joining to leaving. */
class LocalBusTest {
    private static final String ADDRESS = "image.process";

    private final Vertx vertx = Vertx.vertx();
    private final FakeOrchestrator orchestrator = new FakeOrchestrator();

    @BeforeEach
    void listen() {
        orchestrator.listen(vertx);
    }

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void assertDenied(Future<?> future, DenialReason reason) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> done(future))
                .havingCause()
                .isInstanceOfSatisfying(DeniedException.class, denied -> assertThat(denied.reason())
                        .isEqualTo(reason));
    }

    private SecureEventBus join(Set<String> provides, Set<String> invokes) throws Exception {
        return done(SecureEventBus.join(vertx, orchestrator.options(provides, invokes)));
    }

    private SecureEventBus provider() throws Exception {
        return join(Set.of("process_image"), Set.of());
    }

    private SecureEventBus invoker() throws Exception {
        return join(Set.of(), Set.of("process_image"));
    }

    @Test
    void join_granted_knowsItsNameAndItsOperations() throws Exception {
        SecureEventBus bus = join(Set.of("process_image"), Set.of("calculate_risk"));
        assertThat(bus.instance()).isEqualTo("0123456789abcdef");
        assertThat(bus.provides()).containsExactly("process_image");
        assertThat(bus.invokes()).containsExactly("calculate_risk");
        assertThat(orchestrator.asked).singleElement().satisfies(asked -> {
            assertThat(asked.kind()).isEqualTo(RegistrationKind.REGISTER);
            assertThat(asked.credential()).isEqualTo("credential");
            assertThat(asked.service()).isEqualTo("web");
        });
    }

    @Test
    void join_denied_fails() {
        orchestrator.answers = asked -> new Answer.Denied(BusFixture.NOW, DenialReason.BAD_CREDENTIAL, "no");
        assertDenied(SecureEventBus.join(vertx, orchestrator.options(Set.of(), Set.of())), DenialReason.BAD_CREDENTIAL);
        assertThat(orchestrator.asked).hasSize(1);
    }

    @Test
    void join_questionThatLookedStale_isAskedOnceMoreByTheRightClock() throws Exception {
        long ahead = BusFixture.NOW + 100_000;
        orchestrator.answers = asked -> asked.sentAt() < ahead
                ? new Answer.Denied(ahead, DenialReason.BAD_REGISTRATION, "stale")
                : orchestrator.granted(asked);
        invoker();
        assertThat(orchestrator.asked).hasSize(2);
        assertThat(orchestrator.asked.get(1).sentAt()).isEqualTo(ahead);
    }

    @Test
    void join_tokenOfAnotherSeed_isRefused() {
        String foreign = orchestrator.issuing.mint().compact();
        orchestrator.answers = asked -> grantedTokens(asked, foreign);
        assertDenied(
                SecureEventBus.join(vertx, orchestrator.options(Set.of(), Set.of("process_image"))),
                DenialReason.BAD_TOKEN);
    }

    @Test
    void join_tokenThatIsNone_isRefused() {
        orchestrator.answers = asked -> grantedTokens(asked, "no.token.this");
        assertDenied(
                SecureEventBus.join(vertx, orchestrator.options(Set.of(), Set.of("process_image"))),
                DenialReason.BAD_TOKEN);
    }

    private Answer grantedTokens(Registration asked, String token) {
        Answer.Granted granted = orchestrator.granted(asked);
        return new Answer.Granted(
                granted.orchestratorTime(),
                granted.instance(),
                granted.leaseExpiresAt(),
                granted.renewAfter(),
                granted.operations(),
                granted.unlisted(),
                List.of(token),
                List.of(),
                granted.revocations());
    }

    @Test
    void request_answered_bringsBodyAndHeadersBothWays() throws Exception {
        provider()
                .<String>consumer(
                        ADDRESS,
                        message -> message.reply(
                                message.body() + message.headers().get("a"),
                                new DeliveryOptions().addHeader("b", "2")));
        Message<String> answer =
                done(invoker().<String>request(ADDRESS, "x", new DeliveryOptions().addHeader("a", "1")));
        assertThat(answer.body()).isEqualTo("x1");
        assertThat(answer.headers().get("b")).isEqualTo("2");
    }

    @Test
    void request_failedByItsHandler_failsTheSame() throws Exception {
        provider().consumer(ADDRESS, message -> message.fail(7, "no"));
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> done(invoker().request(ADDRESS, "x")))
                .havingCause()
                .isInstanceOfSatisfying(ReplyException.class, failure -> {
                    assertThat(failure.failureCode()).isEqualTo(7);
                    assertThat(failure.getMessage()).isEqualTo("no");
                });
    }

    @Test
    void request_answeredByARequest_goesOn() throws Exception {
        provider().<String>consumer(ADDRESS, message -> message.<String>replyAndRequest("and?")
                .onSuccess(more -> more.reply(more.body() + "!")));
        Message<String> question = done(invoker().<String>request(ADDRESS, "x"));
        assertThat(question.body()).isEqualTo("and?");
        assertThat(done(question.<String>replyAndRequest("this")).body()).isEqualTo("this!");
    }

    @Test
    void sendAndPublish_allowed_arrive() throws Exception {
        List<Object> got = new CopyOnWriteArrayList<>();
        provider().consumer(ADDRESS, message -> got.add(message.body()));
        SecureEventBus bus = invoker();
        bus.send(ADDRESS, "sent").publish(ADDRESS, "published");
        bus.sender(ADDRESS).write("by sender");
        bus.publisher(ADDRESS).write("by publisher");
        await().until(() -> got.size() == 4);
        assertThat(got).containsExactly("sent", "published", "by sender", "by publisher");
    }

    @Test
    void sendPublishAndRequest_notInvited_areDenied() throws Exception {
        provider();
        SecureEventBus bus = join(Set.of(), Set.of("calculate_risk"));
        assertNotInvited(() -> bus.send(ADDRESS, "x"));
        assertNotInvited(() -> bus.publish(ADDRESS, "x"));
        assertDenied(bus.request(ADDRESS, "x"), DenialReason.NOT_INVITED);
        assertDenied(bus.sender(ADDRESS).write("x"), DenialReason.NOT_INVITED);
    }

    private static void assertNotInvited(ThrowingCallable use) {
        assertThatExceptionOfType(DeniedException.class)
                .isThrownBy(use)
                .extracting(DeniedException::reason)
                .isEqualTo(DenialReason.NOT_INVITED);
    }

    @Test
    void plainBus_atAStrictAddress_neitherSendsNorHears() throws Exception {
        List<Object> heard = new CopyOnWriteArrayList<>();
        SecureEventBus bus = provider();
        bus.consumer(ADDRESS, message -> heard.add(message.body()));
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> done(vertx.eventBus().request(ADDRESS, "plain")))
                .havingCause()
                .isInstanceOfSatisfying(ReplyException.class, failure -> assertThat(failure.failureCode())
                        .isEqualTo(DenialReason.PLAINTEXT.code()));
        assertThat(heard).isEmpty();
        assertThat(bus.refusals()).containsEntry(DenialReason.PLAINTEXT, 1L);
    }

    @Test
    void consumer_whereItDoesNotProvide_isRefused() throws Exception {
        provider();
        assertDenied(invoker().consumer(ADDRESS, message -> {}).completion(), DenialReason.NOT_A_PROVIDER);
    }

    @Test
    void unlistedAddresses_observed_passAndAreCounted() throws Exception {
        orchestrator.unlisted = Mode.OBSERVE;
        SecureEventBus bus = invoker();
        bus.<String>consumer("plain.address", message -> message.reply("ok"));
        assertThat(done(bus.<String>request("plain.address", "x")).body()).isEqualTo("ok");
        assertThat(bus.observations())
                .contains(new Observation("plain.address", Observation.Flow.SENT, "web", 1))
                .contains(new Observation("plain.address", Observation.Flow.RECEIVED, "web", 1));
    }

    @Test
    void permissiveAddress_notInvited_leavesInPlaintext() throws Exception {
        Operation permissive = new Operation(
                "process_image", List.of(AddressPattern.parse(ADDRESS)), new Modes(Mode.PERMISSIVE, Map.of()));
        orchestrator.operations = List.of(permissive, FakeOrchestrator.RISK);
        provider().<String>consumer(ADDRESS, message -> message.reply(message.body()));
        assertThat(done(join(Set.of(), Set.of()).<String>request(ADDRESS, "plain"))
                        .body())
                .isEqualTo("plain");
    }

    @Test
    void renewal_atHalfLife_bringsNewTokensUnderTheSameSeed() throws Exception {
        orchestrator.renewAfter = 5;
        SecureEventBus bus = invoker();
        await().until(() -> orchestrator.asked.size() >= 3);
        assertThat(orchestrator.asked.get(1).kind()).isEqualTo(RegistrationKind.RENEW);
        assertThat(orchestrator.asked.get(1).instance()).isEqualTo("0123456789abcdef");
        assertThat(orchestrator.asked.get(1).credential()).isEmpty();
        assertThat(bus.invokes()).containsExactly("process_image");
    }

    @Test
    void renewal_leaseUnknown_registersAnew() throws Exception {
        orchestrator.renewAfter = 5;
        orchestrator.answers = asked -> asked.kind() == RegistrationKind.RENEW
                ? new Answer.Denied(BusFixture.NOW, DenialReason.UNKNOWN_LEASE, "who?")
                : orchestrator.granted(asked);
        invoker();
        await().until(() -> orchestrator.asked.size() >= 3);
        assertThat(orchestrator.asked.get(2).kind()).isEqualTo(RegistrationKind.REGISTER);
        assertThat(orchestrator.asked.get(2).credential()).isEqualTo("credential");
    }

    @Test
    void renewal_refusedOtherwise_isTriedAgain() throws Exception {
        orchestrator.renewAfter = 5;
        orchestrator.answers = asked -> asked.kind() == RegistrationKind.RENEW
                ? new Answer.Denied(BusFixture.NOW, DenialReason.UNAVAILABLE, "later")
                : orchestrator.granted(asked);
        invoker();
        await().until(() -> orchestrator.asked.size() >= 3);
        assertThat(orchestrator.asked.get(2).kind()).isEqualTo(RegistrationKind.RENEW);
    }

    @Test
    void renewal_withoutAKeyItHeld_stopsProviding() throws Exception {
        orchestrator.renewAfter = 5;
        orchestrator.answers =
                asked -> asked.kind() == RegistrationKind.RENEW ? keyless(asked) : orchestrator.granted(asked);
        SecureEventBus bus = provider();
        await().until(() -> bus.provides().isEmpty());
        assertThat(bus.provides()).isEmpty();
    }

    private Answer keyless(Registration asked) {
        Answer.Granted granted = orchestrator.granted(asked);
        granted.keys().stream().map(ProviderKey::secret).forEach(secret -> secret.close());
        return new Answer.Granted(
                granted.orchestratorTime(),
                granted.instance(),
                granted.leaseExpiresAt(),
                3_600_000,
                granted.operations(),
                granted.unlisted(),
                granted.tokens(),
                List.of(),
                granted.revocations());
    }

    @Test
    void leave_member_saysGoodbyeAndIsDeniedFromThenOn() throws Exception {
        SecureEventBus bus = join(Set.of("process_image"), Set.of("process_image"));
        bus.consumer(ADDRESS, message -> message.reply("ok"));
        assertThat(done(bus.<String>request(ADDRESS, "x")).body()).isEqualTo("ok");
        done(bus.leave());
        done(bus.leave());
        assertThat(orchestrator.asked).hasSize(2);
        assertThat(orchestrator.asked.get(1).kind()).isEqualTo(RegistrationKind.LEAVE);
        assertThat(bus.provides()).isEmpty();
        assertThat(bus.invokes()).isEmpty();
        assertDenied(bus.request(ADDRESS, "x"), DenialReason.LEFT);
    }

    @Test
    void leave_requestUnderWay_failsAtOnce() throws Exception {
        provider().consumer(ADDRESS, message -> {});
        SecureEventBus bus = invoker();
        Future<?> waiting = bus.request(ADDRESS, "x", new DeliveryOptions().setSendTimeout(3_600_000));
        done(bus.leave());
        assertDenied(waiting, DenialReason.LEFT);
    }

    @Test
    void request_longAfterItsToken_isExpired() throws Exception {
        provider().consumer(ADDRESS, message -> message.reply("ok"));
        SecureEventBus bus = invoker();
        orchestrator.clock.set(GrantMaker.EXPIRES * 1000);
        assertDenied(bus.request(ADDRESS, "x"), DenialReason.EXPIRED);
    }
}
