// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.policy.ReplayScope;
import dev.latchkey.eventbus.wire.Frame;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The last gate of a request that passed all others: where policy asks for it, the request is claimed, so that no other node
 * takes it too. Messages stay in order meanwhile.
 */
final class ClaimGate {
    private static final int TIMEOUT_SECONDS = 5;

    private final ClaimQueue queue;
    private final Bounds bounds;
    private final Claims cluster;
    private final Claims sender;
    private final BiConsumer<Message<?>, Refusal> refuse;

    /**
     * @param cluster for {@link ReplayScope#CLUSTER}
     * @param sender for {@link ReplayScope#SENDER}
     * @param backlog what its messages count towards
     * @param refuse refuses a message
     */
    ClaimGate(Claims cluster, Claims sender, Backlog backlog, Bounds bounds, BiConsumer<Message<?>, Refusal> refuse) {
        this.queue = new ClaimQueue(backlog);
        this.bounds = bounds;
        this.cluster = cluster;
        this.sender = sender;
        this.refuse = refuse;
    }

    void handle(DeliveryContext<Object> context, Operation operation) {
        if (operation.replay() == ReplayScope.NODE && queue.isEmpty()) {
            context.next();
        } else {
            handleInTurn(context, operation);
        }
    }

    private void handleInTurn(DeliveryContext<Object> context, Operation operation) {
        Delivery delivery = (Delivery) context.message().body();
        Readable opened = delivery.opened();
        Frame frame = delivery.frame();
        if (opened == null || frame == null || passesAtOnce(context.message(), operation, opened.session())) {
            context.next();
        } else {
            enqueue(context, operation, (ProviderSession) opened.session(), frame);
        }
    }

    /** A message that needs no claim still waits for those of its caller that do. */
    private boolean passesAtOnce(Message<?> message, Operation operation, Session session) {
        return !needsClaim(message, operation) && !queue.isHolding(session.grant());
    }

    private static boolean needsClaim(Message<?> message, Operation operation) {
        return operation.replay() != ReplayScope.NODE && message.isSend();
    }

    private void enqueue(DeliveryContext<Object> context, Operation operation, ProviderSession session, Frame frame) {
        int size = Delivery.sizeOf(context.message());
        boolean queued = !queue.isFull(size)
                && queue.add(
                        session.grant(),
                        size,
                        claim(context.message(), operation, session, frame),
                        settled -> goOn(context, session, settled));
        if (!queued) {
            bounds.hit(Bound.HELD_MESSAGES);
            refuse.accept(context.message(), new Refusal(DenialReason.OVERLOADED));
        }
    }

    private Future<Void> claim(Message<?> message, Operation operation, ProviderSession session, Frame frame) {
        if (!needsClaim(message, operation)) {
            return Future.succeededFuture();
        }
        try {
            Claims claims = operation.replay() == ReplayScope.CLUSTER ? cluster : sender;
            return claims.claim(session, frame).timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void goOn(DeliveryContext<Object> context, ProviderSession session, AsyncResult<Void> settled) {
        Refusal refused = settled.failed() ? refusal(settled.cause()) : ended(session);
        if (refused == null) {
            context.next();
        } else {
            refuse.accept(context.message(), refused);
        }
    }

    private static Refusal refusal(Throwable cause) {
        return cause instanceof Refusal refusal ? refusal : new Refusal(DenialReason.UNCONFIRMED);
    }

    /** The session may have been revoked while its claim was being settled. */
    private static @Nullable Refusal ended(ProviderSession session) {
        DenialReason ended = session.ended();
        return ended == null ? null : new Refusal(ended);
    }
}
