// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Modes;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.policy.ReplayScope;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.RegistrationKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request is sent again when it was refused for its token alone, and nobody can have taken it. */
class ResendsTest extends GuardedTest {
    private final ManualVertx timers = new ManualVertx(vertx);
    private final List<RequestCarrier> left = new CopyOnWriteArrayList<>();
    private final Queue<Fate> fates = new ArrayDeque<>();
    private SecuredBus bus;

    /** What becomes of a message after it left the outbound gate. */
    private interface Fate {
        void befall(DeliveryContext<Object> leaving, RequestCarrier carrier);
    }

    @Override
    Vertx guarded() {
        return timers;
    }

    @BeforeEach
    void build() {
        bus = new SecuredBus(guard, member);
        bus.consumer(ADDRESS, message -> message.reply("ok"));
        vertx.eventBus().addOutboundInterceptor(this::leave);
    }

    private void leave(DeliveryContext<Object> leaving) {
        Fate fate = leaving.body() instanceof RequestCarrier ? fates.poll() : null;
        if (leaving.body() instanceof RequestCarrier carrier) {
            left.add(carrier);
        }
        if (fate == null) {
            leaving.next();
        } else {
            fate.befall(leaving, (RequestCarrier) leaving.body());
        }
    }

    /** As it goes over the wire, to a provider that refuses it under seal. */
    private Fate refusedByAnother(DenialReason reason) {
        return (leaving, carrier) -> {
            guard.codec().encodeToWire(Buffer.buffer(), carrier);
            new Exchange(guard).refuse(leaving.message(), carrier.session(), reason);
        };
    }

    private static void sealed(BusGuard guard, RequestCarrier carrier) {
        sealed(guard, carrier, Buffer.buffer());
    }

    private static void sealed(BusGuard guard, RequestCarrier carrier, Buffer out) {
        guard.codec().encodeToWire(out, carrier);
    }

    private void befalls(Fate... these) {
        fates.addAll(List.of(these));
    }

    private void replay(ReplayScope scope) {
        Operation operation =
                new Operation("process_image", List.of(AddressPattern.parse(ADDRESS)), Modes.STRICT, scope);
        orchestrator.operations = List.of(operation);
        guard.update(member, List.of(operation), Mode.OFF);
    }

    private Future<Message<Object>> ended() {
        Future<Message<Object>> request = bus.request(ADDRESS, "question", new DeliveryOptions().addHeader("a", "1"));
        await().until(request::isComplete);
        return request;
    }

    private void assertAnswered() {
        assertThat(ended().result().body()).isEqualTo("ok");
    }

    private void assertDenied(DenialReason reason, int messages) {
        assertThat(ended().cause()).isInstanceOfSatisfying(DeniedException.class, denied -> assertThat(denied.reason())
                .isEqualTo(reason));
        assertThat(left).hasSize(messages);
    }

    private List<RegistrationKind> kinds() {
        return orchestrator.asked.stream().map(asked -> asked.kind()).toList();
    }

    @Test
    void answered_isSentOnce() {
        assertAnswered();
        assertThat(left)
                .singleElement()
                .satisfies(carrier -> assertThat(carrier.content().first()).isNull());
        assertThat(timers.pauses).isEmpty();
    }

    @Test
    void refusedAsStale_isSentAgainUnderAnotherToken_namingTheFirst() {
        befalls(refusedByAnother(DenialReason.STALE_EPOCH));
        assertAnswered();
        assertThat(left).hasSize(2);
        assertThat(left.get(1).content().first())
                .isEqualTo(requireNonNull(left.get(0).sentName()));
        assertThat(left.get(1).session().grant().id())
                .isNotEqualTo(left.get(0).session().grant().id());
        assertThat(left.get(1).headers().get("a")).isEqualTo("1");
        assertThat(kinds()).containsExactly(RegistrationKind.REGISTER, RegistrationKind.RENEW);
        assertThat(timers.pauses).singleElement().satisfies(pause -> assertThat(pause)
                .isBetween(25L, 50L));
    }

    @Test
    void refusedAsStale_firstMessage_isTakenNoMore() {
        befalls(refusedByAnother(DenialReason.STALE_EPOCH));
        assertAnswered();
        assertThat(left.get(0).take()).isFalse();
    }

    @Test
    void refusedAsStaleAgainAndAgain_isGivenUpAfterThreeMore_withLongerPauses() {
        Fate refused = refusedByAnother(DenialReason.STALE_EPOCH);
        befalls(refused, refused, refused, refused, refused);
        assertDenied(DenialReason.STALE_EPOCH, 4);
        assertThat(timers.pauses).hasSize(3);
        assertThat(timers.pauses.get(0)).isBetween(25L, 50L);
        assertThat(timers.pauses.get(1)).isBetween(100L, 200L);
        assertThat(timers.pauses.get(2)).isBetween(400L, 800L);
        // All stand for the first.
        assertThat(left.get(3).content().first()).isEqualTo(left.get(0).sentName());
    }

    @Test
    void pauses_areDrawn() {
        Fate refused = refusedByAnother(DenialReason.STALE_EPOCH);
        for (int i = 0; i < 4; i++) {
            befalls(refused, refused, refused, refused);
            ended();
        }
        assertThat(timers.pauses.stream()
                        .filter(pause -> pause >= 400)
                        .distinct()
                        .count())
                .isGreaterThan(1);
    }

    @Test
    void refusedForAnotherReason_isNotSentAgain() {
        befalls(refusedByAnother(DenialReason.OUT_OF_SCOPE));
        assertDenied(DenialReason.OUT_OF_SCOPE, 1);
    }

    @Test
    void expiredAtAReceiver_isNotSentAgain_asAHandlerMayHaveAnsweredTooLate() {
        befalls(refusedByAnother(DenialReason.EXPIRED));
        assertDenied(DenialReason.EXPIRED, 1);
    }

    @Test
    void expiredHere_isSentOnceItHasRenewed_withoutAPause() {
        orchestrator.clock.set(BusFixture.NOW + 60_000);
        assertAnswered();
        // Once more when the first renewal, which the refusal began, was over before the request asked for one.
        assertThat(kinds()).startsWith(RegistrationKind.REGISTER, RegistrationKind.RENEW);
        assertThat(left)
                .singleElement()
                .satisfies(carrier -> assertThat(carrier.content().first()).isNull());
        assertThat(timers.pauses).isEmpty();
    }

    @Test
    void expiredHere_afterItLeft_isNotSentAgain() {
        befalls((leaving, carrier) -> {
            sealed(guard, carrier);
            carrier.deny(DenialReason.EXPIRED);
        });
        assertDenied(DenialReason.EXPIRED, 1);
    }

    @Test
    void takenByAHandlerHere_isNotSentAgain() {
        befalls((leaving, carrier) -> {
            assertThat(carrier.take()).isTrue();
            new Exchange(guard).refuse(leaving.message(), carrier.session(), DenialReason.STALE_EPOCH);
        });
        assertDenied(DenialReason.STALE_EPOCH, 1);
    }

    @Test
    void staleHere_whileUnderWay_isNotSentAgain() {
        befalls((leaving, carrier) -> {
            sealed(guard, carrier);
            carrier.deny(DenialReason.STALE_EPOCH);
        });
        assertDenied(DenialReason.STALE_EPOCH, 1);
    }

    @Test
    void secondIsAReplay_tellsOfTheFirst() {
        befalls(refusedByAnother(DenialReason.STALE_EPOCH), refusedByAnother(DenialReason.REPLAYED));
        assertDenied(DenialReason.STALE_EPOCH, 2);
    }

    @Test
    void secondIsRefusedForAnotherReason_tellsOfIt() {
        befalls(refusedByAnother(DenialReason.STALE_EPOCH), refusedByAnother(DenialReason.OUT_OF_SCOPE));
        assertDenied(DenialReason.OUT_OF_SCOPE, 2);
    }

    @Test
    void noOrchestratorRenewsIt_tellsOfTheRefusal() {
        orchestrator.answers = asked -> new Answer.Denied(BusFixture.NOW, DenialReason.BAD_CREDENTIAL, "no");
        befalls(refusedByAnother(DenialReason.STALE_EPOCH));
        assertDenied(DenialReason.STALE_EPOCH, 1);
    }

    @Test
    void rememberedByTheSender_isTakenBackFirst() {
        replay(ReplayScope.SENDER);
        befalls(refusedByAnother(DenialReason.STALE_EPOCH));
        assertAnswered();
        RequestCarrier first = left.get(0);
        assertThat(first.session().withdraw(requireNonNull(first.sentName()).sequence()))
                .isFalse();
    }

    @Test
    void rememberedByTheSender_grantedToAProvider_isNotSentAgain() {
        replay(ReplayScope.SENDER);
        befalls((leaving, carrier) -> {
            sealed(guard, carrier);
            carrier.session().withdraw(requireNonNull(carrier.sentName()).sequence());
            new Exchange(guard).refuse(leaving.message(), carrier.session(), DenialReason.STALE_EPOCH);
        });
        assertDenied(DenialReason.STALE_EPOCH, 1);
    }

    @Test
    void rememberedByTheSender_staleHereWhileUnderWay_isTakenBackAndSentAgain() {
        replay(ReplayScope.SENDER);
        befalls((leaving, carrier) -> {
            sealed(guard, carrier);
            carrier.deny(DenialReason.STALE_EPOCH);
        });
        assertAnswered();
        assertThat(left).hasSize(2);
        assertThat(timers.pauses).hasSize(1);
    }

    @Test
    void rememberedByTheCluster_isClaimedFirst() throws Exception {
        replay(ReplayScope.CLUSTER);
        befalls(refusedByAnother(DenialReason.STALE_EPOCH));
        assertAnswered();
        RequestCarrier first = left.get(0);
        Future<Void> claim = guard.clusterClaims()
                .claim(first.session(), requireNonNull(first.sentName()).sequence());
        await().until(claim::isComplete);
        assertThat(claim.cause()).isInstanceOf(Refusal.class);
    }

    @Test
    void rememberedByTheCluster_claimedByAProvider_isNotSentAgain() {
        replay(ReplayScope.CLUSTER);
        befalls((leaving, carrier) -> {
            sealed(guard, carrier);
            guard.clusterClaims()
                    .claim(carrier.session(), requireNonNull(carrier.sentName()).sequence())
                    .onComplete(claimed ->
                            new Exchange(guard).refuse(leaving.message(), carrier.session(), DenialReason.STALE_EPOCH));
        });
        assertDenied(DenialReason.STALE_EPOCH, 1);
    }

    /** As when Vert.x chose a node that it has no connection to, and drops what it had for it. */
    private static void lose(DeliveryContext<Object> leaving, RequestCarrier carrier) {}

    private Future<Message<Object>> asked() {
        return bus.request(ADDRESS, "question", new DeliveryOptions().addHeader("a", "1"));
    }

    /** Renewals have timers too, of much longer. */
    private List<Long> watches() {
        return timers.delays().stream().filter(delay -> delay <= 10_000).toList();
    }

    @Test
    void neverWritten_isTakenBackAndSentAgain_asTheOnlyOne() {
        befalls(ResendsTest::lose);
        Future<Message<Object>> asked = asked();
        RequestCarrier lost = left.get(0);
        String waiting = requireNonNull(lost.replyAddress());
        assertThat(asked.isComplete()).isFalse();
        assertThat(guard.pending(waiting)).isNotNull();
        timers.elapse(250);
        await().until(asked::isComplete);
        assertThat(asked.result().body()).isEqualTo("ok");
        assertThat(left).hasSize(2);
        assertThat(left.get(1).content().first()).isNull();
        assertThat(left.get(1).headers().get("a")).isEqualTo("1");
        assertThat(guard.pending(waiting)).isNull();
        Buffer late = Buffer.buffer();
        sealed(guard, lost, late);
        assertThat(late.length()).isZero();
        assertThat(lost.take()).isFalse();
        assertThat(timers.pauses).isEmpty();
    }

    @Test
    void neverWritten_againAndAgain_waitsLonger_andTheNinthForAsLongAsItMay() {
        befalls(Collections.<Fate>nCopies(9, ResendsTest::lose).toArray(Fate[]::new));
        Future<Message<Object>> asked = asked();
        for (int millis : List.of(250, 500, 1_000, 2_000, 2_000, 2_000, 2_000, 2_000)) {
            int sent = left.size();
            timers.elapse(millis);
            await().until(() -> left.size() == sent + 1);
        }
        assertThat(left).hasSize(9);
        assertThat(watches()).isEmpty();
        assertThat(asked.isComplete()).isFalse();
        assertThat(left.get(8).isWaiting()).isTrue();
    }

    @Test
    void heldByAnInterceptor_isNotSentAgain_andGoesOnOnceItIsLetGo() {
        List<DeliveryContext<Object>> held = new CopyOnWriteArrayList<>();
        bus.addOutboundInterceptor(leaving -> {
            if (leaving.message().replyAddress() == null) {
                leaving.next();
            } else {
                held.add(leaving);
            }
        });
        Future<Message<Object>> asked = asked();
        assertThat(watches()).isEmpty();
        assertThat(asked.isComplete()).isFalse();
        held.get(0).next();
        await().until(asked::isComplete);
        assertThat(asked.result().body()).isEqualTo("ok");
        assertThat(held).hasSize(1);
    }

    @Test
    void writtenMeanwhile_isNotSentAgain() {
        befalls(ResendsTest::lose);
        Future<Message<Object>> asked = asked();
        sealed(guard, left.get(0), Buffer.buffer());
        timers.elapse(250);
        assertThat(asked.isComplete()).isFalse();
        assertThat(left).hasSize(1);
    }

    @Test
    void stoppedMeanwhile_isNotSentAgain() {
        befalls(ResendsTest::lose);
        Future<Message<Object>> asked = asked();
        left.get(0).deny(DenialReason.OUT_OF_SCOPE);
        timers.elapse(250);
        await().until(asked::isComplete);
        assertThat(asked.cause()).isInstanceOf(DeniedException.class);
        assertThat(left).hasSize(1);
    }

    @Test
    void writtenAtOnce_isNotWatched() {
        befalls((leaving, carrier) -> sealed(guard, carrier));
        assertThat(asked().isComplete()).isFalse();
        assertThat(watches()).isEmpty();
    }

    @Test
    void givenToAHandlerHere_thatTakesItLater_isNotWatched() {
        befalls((leaving, carrier) -> guard.codec().transform(carrier));
        assertThat(asked().isComplete()).isFalse();
        assertThat(watches()).isEmpty();
        assertThat(left.get(0).take()).isTrue();
    }
}
