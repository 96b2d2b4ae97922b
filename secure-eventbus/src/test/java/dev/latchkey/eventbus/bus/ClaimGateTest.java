// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Modes;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.policy.ReplayScope;
import dev.latchkey.eventbus.token.GrantMaker;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests whose claims are settled late, out of order, badly or never. */
class ClaimGateTest extends GuardedTest {
    private final Bounds bounds = new Bounds();
    private final Backlog backlog = new Backlog();
    private static final Operation NODE = operation(ReplayScope.NODE);
    private static final Operation CLUSTER = operation(ReplayScope.CLUSTER);
    private static final Operation SENDER = operation(ReplayScope.SENDER);

    private final List<Promise<Void>> cluster = new CopyOnWriteArrayList<>();
    private final List<Promise<Void>> sender = new CopyOnWriteArrayList<>();
    private final List<Object> events = new CopyOnWriteArrayList<>();
    private ClaimGate gate;
    private Context context;
    private ProviderSession session;

    private static Operation operation(ReplayScope replay) {
        return new Operation("process_image", List.of(AddressPattern.parse(ADDRESS)), Modes.STRICT, replay);
    }

    @BeforeEach
    void build() throws Exception {
        gate = new ClaimGate((s, frame) -> claim(cluster), (s, frame) -> claim(sender), backlog, bounds, this::refuse);
        context = vertx.getOrCreateContext();
        session = session(request(envelope()));
    }

    private static Future<Void> claim(List<Promise<Void>> claims) {
        Promise<Void> claim = Promise.promise();
        claims.add(claim);
        return claim.future();
    }

    private void refuse(Message<?> message, Refusal refusal) {
        events.add(refusal.reason());
    }

    /** An opened request; {@link #events} has it, or the refusal, when it went on. */
    private ArrivingMessage opened(boolean send) {
        return opened(send, 0);
    }

    private ArrivingMessage opened(boolean send, int size) {
        return opened(caller, session, send, size);
    }

    private ArrivingMessage opened(CallerSession from, ProviderSession known, boolean send, int size) {
        byte[] frame = Sealing.frame(from, BusFixture.NOW, new Envelope(ADDRESS, null, send), new byte[size]);
        ArrivingMessage message = ArrivingMessage.sealed(guard, ADDRESS, null, send, Buffer.buffer(frame));
        message.whenPassed(() -> events.add(message));
        message.delivery().open(text("secret"), known);
        return message;
    }

    /** A request under another token, issued to an instance. */
    private ArrivingMessage openedOf(long instance) throws Refusal {
        ServiceToken other = orchestrator.issuing.mint(new GrantMaker()
                .id(new TokenId(instance, 2))
                .timestamp(GrantMaker.TIMESTAMP + 1)
                .make());
        CallerSession from = CallerSession.derive(other, orchestrator.issuing.seed);
        return opened(from, session(Sealing.frame(from, BusFixture.NOW, envelope(), new byte[0])), true, 0);
    }

    private ProviderSession session(byte[] frame) throws Refusal {
        return guard.sessions().session(requireNonNull(Frame.parse(0, Buffer.buffer(frame))));
    }

    private ArrivingMessage handle(Operation operation, boolean send) throws Exception {
        ArrivingMessage message = opened(send);
        onContext(() -> gate.handle(message, operation));
        return message;
    }

    private void onContext(Runnable action) throws Exception {
        onContext(context, action);
    }

    private static void onContext(Context context, Runnable action) throws Exception {
        Promise<Void> done = Promise.promise();
        context.runOnContext(now -> {
            action.run();
            done.complete();
        });
        done(done.future());
    }

    private void settled() throws Exception {
        onContext(() -> {});
        onContext(() -> {});
    }

    @Test
    void request_ofAnOperationThatEachNodeRemembers_passesUnclaimed() throws Exception {
        ArrivingMessage message = handle(NODE, true);
        assertThat(events).containsExactly(message);
        assertThat(cluster).isEmpty();
        assertThat(sender).isEmpty();
    }

    @Test
    void publish_passesUnclaimed() throws Exception {
        ArrivingMessage message = handle(CLUSTER, false);
        assertThat(events).containsExactly(message);
    }

    @Test
    void request_passesWhenItsClaimIsGranted_andNotBefore() throws Exception {
        ArrivingMessage message = handle(CLUSTER, true);
        settled();
        assertThat(events).isEmpty();
        cluster.get(0).complete();
        await().until(() -> events.contains(message));
        assertThat(sender).isEmpty();
    }

    @Test
    void request_ofAnOperationThatSendersRemember_isClaimedThere() throws Exception {
        ArrivingMessage message = handle(SENDER, true);
        assertThat(cluster).isEmpty();
        sender.get(0).complete();
        await().until(() -> events.contains(message));
    }

    @Test
    void requests_whoseClaimsAreSettledOutOfOrder_passInOrder() throws Exception {
        List<Object> messages = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            messages.add(handle(CLUSTER, true));
        }
        messages.add(handle(CLUSTER, false));
        cluster.get(2).complete();
        cluster.get(1).complete();
        settled();
        assertThat(events).isEmpty();
        cluster.get(0).complete();
        await().until(() -> events.size() == messages.size());
        assertThat(events).isEqualTo(messages);
        assertThat(handle(CLUSTER, false)).isEqualTo(events.get(4));
    }

    @Test
    void requests_ofOneCaller_passInOrder_thoughItRenewedItsTokenBetween() throws Exception {
        ArrivingMessage first = handle(CLUSTER, true);
        ArrivingMessage renewed = openedOf(token.id().instance());
        onContext(() -> gate.handle(renewed, CLUSTER));
        cluster.get(1).complete();
        settled();
        assertThat(events).isEmpty();
        cluster.get(0).complete();
        await().until(() -> events.size() == 2);
        assertThat(events).containsExactly(first, renewed);
    }

    @Test
    void request_ofAnotherCaller_doesNotWait() throws Exception {
        handle(CLUSTER, true);
        ArrivingMessage other = openedOf(token.id().instance() + 1);
        onContext(() -> gate.handle(other, CLUSTER));
        cluster.get(1).complete();
        await().until(() -> events.contains(other));
    }

    @Test
    void request_whoseClaimIsRefused_isRefused_andTheNextGoesOn() throws Exception {
        handle(CLUSTER, true);
        ArrivingMessage next = handle(CLUSTER, true);
        cluster.get(1).complete();
        cluster.get(0).fail(new Refusal(DenialReason.REPLAYED));
        await().until(() -> events.size() == 2);
        assertThat(events).containsExactly(DenialReason.REPLAYED, next);
    }

    @Test
    void request_whoseClaimFails_isUnconfirmed() throws Exception {
        handle(CLUSTER, true);
        cluster.get(0).fail("the cluster is gone");
        await().until(() -> events.contains(DenialReason.UNCONFIRMED));
    }

    @Test
    void request_whoseClaimThrows_isUnconfirmed() throws Exception {
        gate = new ClaimGate(
                (s, frame) -> {
                    throw new IllegalStateException("erased");
                },
                (s, frame) -> claim(sender),
                new Backlog(),
                new Bounds(),
                this::refuse);
        handle(CLUSTER, true);
        await().until(() -> events.contains(DenialReason.UNCONFIRMED));
    }

    @Test
    void request_whoseClaimIsNeverSettled_isUnconfirmedInTheEnd() throws Exception {
        handle(CLUSTER, true);
        await().until(() -> events.contains(DenialReason.UNCONFIRMED));
    }

    @Test
    void request_whoseSessionIsRevokedMeanwhile_isRefused() throws Exception {
        handle(CLUSTER, true);
        session.end(DenialReason.REVOKED);
        cluster.get(0).complete();
        await().until(() -> events.contains(DenialReason.REVOKED));
    }

    @Test
    void request_offAnyContext_isRefusedAsOverload() {
        gate.handle(opened(true), CLUSTER);
        assertThat(events).containsExactly(DenialReason.OVERLOADED);
    }

    @Test
    void requests_beyondTheBoundInBytes_areRefusedAsOverload() throws Exception {
        int size = 1024 * 1024;
        // A frame is a little longer than what it carries.
        int room = (int) (Backlog.MAX_BYTES / size) - 1;
        // Made before: claims that are not settled within seconds are given up.
        List<ArrivingMessage> messages =
                Stream.generate(() -> opened(true, size)).limit(room + 1).toList();
        onContext(() -> messages.forEach(message -> gate.handle(message, CLUSTER)));
        assertThat(events).containsExactly(DenialReason.OVERLOADED);
        assertThat(bounds.of(Bound.HELD_MESSAGES)).isEqualTo(1);
        assertThat(cluster).hasSize(room);
    }

    @Test
    void requests_areCountedWithWhatStandsBeforeTheirFrames() throws Exception {
        List<ArrivingMessage> messages =
                Stream.generate(() -> openedBehind(1024 * 1024)).limit(32).toList();
        onContext(() -> messages.forEach(message -> gate.handle(message, CLUSTER)));
        assertThat(events).containsExactly(DenialReason.OVERLOADED);
        assertThat(bounds.of(Bound.HELD_MESSAGES)).isEqualTo(1);
        assertThat(backlog.messages()).isEqualTo(31);
    }

    private ArrivingMessage openedBehind(int bytes) {
        byte[] frame = Sealing.frame(caller, BusFixture.NOW, envelope(null), new byte[0]);
        ArrivingMessage message = ArrivingMessage.behind(bytes, guard, null, frame);
        message.delivery().open(text("secret"), session);
        return message;
    }

    /** However many have waited, none of them takes room any more. */
    @Test
    void requests_thatHaveGoneOn_orWereRefused_giveTheirRoomBack() throws Exception {
        handle(CLUSTER, true);
        handle(CLUSTER, true);
        assertThat(backlog.messages()).isEqualTo(2);
        assertThat(backlog.bytes()).isPositive();
        cluster.get(0).fail(new Refusal(DenialReason.REPLAYED));
        cluster.get(1).complete();
        await().until(() -> events.size() == 2);
        assertThat(backlog.messages()).isZero();
        assertThat(backlog.bytes()).isZero();
    }

    @Test
    void publish_afterAllThatWaited_passesAtOnce() throws Exception {
        handle(CLUSTER, true);
        cluster.get(0).complete();
        await().until(() -> events.size() == 1);
        settled();
        ArrivingMessage publish = opened(false);
        List<Object> atOnce = new ArrayList<>();
        onContext(() -> {
            gate.handle(publish, CLUSTER);
            atOnce.addAll(events);
        });
        assertThat(atOnce).last().isSameAs(publish);
    }

    @Test
    void publish_toAnotherContext_doesNotWaitForThisOne() throws Exception {
        handle(CLUSTER, true);
        Context other = ((VertxInternal) vertx).createEventLoopContext();
        ArrivingMessage publish = opened(false);
        onContext(other, () -> gate.handle(publish, CLUSTER));
        assertThat(events).containsExactly(publish);
        assertThat(backlog.messages()).isOne();
    }
}
