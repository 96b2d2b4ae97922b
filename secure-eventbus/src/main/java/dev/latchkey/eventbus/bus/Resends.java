// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.policy.ReplayScope;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.SentName;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request at an address: sent, and sent again under another token when it was refused for its token alone and no handler can
 * have run.
 *
 * <p>It is also sent again when it was not even written: the node that Vert.x chose has no connection, as when it was killed a moment
 * ago and the cluster has not noticed yet. Vert.x tells nobody of it, and its next choice is another node.
 *
 * <p>A refusal in the clear proves nothing, as anybody may have made it while a provider was at work. So both messages stand for one
 * request, to every memory that would refuse a replay: the second names the first, and a JVM takes one of them. Where policy asks for
 * more than the memory of each JVM, the first is taken out of the shared memory before the second leaves; whoever claimed it before
 * has it, and there is no second. What never left this JVM needs none of that.
 *
 * <p>Whoever forges refusals gains nothing by it that a replay of the first message would not give.
 */
final class Resends<T> {
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final int MAX = 3;

    /** The bound of the first pause, in which providers learn of new keys; each is four times the one before. */
    private static final long FIRST_PAUSE_MILLIS = 50;

    /** How long the first message may wait for a connection; each has twice the time of the one before, up to a bound. */
    private static final long FIRST_WAIT_MILLIS = 250;

    private static final long LONGEST_WAIT_MILLIS = 2_000;

    /** Of many requests that wait together, Vert.x may give each the missing node several times in a row. */
    private static final int MAX_WAITS = 8;

    private final BusGuard guard;
    private final Member member;
    private final Exchange exchange;
    private final String address;
    private final Content content;
    private final DeliveryOptions options;
    private final long timeoutMillis;
    private final long deadline;
    private @Nullable SentName first;
    private @Nullable RequestCarrier last;
    private int resends;
    private int waits;

    /**
     * @param timeoutMillis how long to wait for an answer, all resends together
     * @param first the first message of the request, if one has left for another address
     */
    Resends(
            BusGuard guard,
            Member member,
            Exchange exchange,
            String address,
            Content content,
            DeliveryOptions options,
            long timeoutMillis,
            @Nullable SentName first) {
        this.guard = guard;
        this.member = member;
        this.exchange = exchange;
        this.address = address;
        this.content = content;
        this.options = options;
        this.timeoutMillis = timeoutMillis;
        // A few milliseconds more or less are nothing here.
        this.deadline = CoarseClock.SYSTEM.nanos() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        this.first = first;
    }

    Future<Message<T>> send() {
        RequestCarrier carrier = new RequestCarrier(member, content.copied().standingFor(first));
        last = carrier;
        Attempt<T> attempt = exchange.attempt(carrier, failure -> again(carrier, failure));
        guard.requests().send(attempt.context(), address, carrier, outside()).onComplete(attempt);
        watch(carrier);
        return attempt.answer();
    }

    /** The last one waits for as long as the request may. */
    private void watch(RequestCarrier carrier) {
        if (waits < MAX_WAITS && carrier.isWaiting()) {
            long millis = Math.min(FIRST_WAIT_MILLIS << waits, LONGEST_WAIT_MILLIS);
            guard.vertx().setTimer(millis, id -> carrier.takeBack(new Unwritten()));
        }
    }

    private DeliveryOptions outside() {
        boolean whole = resends == 0 && waits == 0 && timeoutMillis == options.getSendTimeout();
        return whole ? Outside.options(options) : Outside.own(options).setSendTimeout(millisLeft());
    }

    /** The first message of the request that may have left this JVM; null when none has. */
    @Nullable
    SentName first() {
        return first;
    }

    /** How its last message ended, which has failed. */
    Ending ending(Throwable failure) {
        return last == null ? Ending.OTHER : Ending.of(last, failure);
    }

    private long millisLeft() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
    }

    private Future<Message<T>> again(RequestCarrier carrier, Throwable failure) {
        if (failure instanceof Unwritten) {
            exchange.settle(carrier);
            waits++;
            return send();
        }
        boolean here = carrier.denial() != null;
        if (resends == MAX || !isForItsToken(failure, here && !carrier.hasLeft())) {
            return Future.failedFuture(failure);
        }
        resends++;
        return withdraw(carrier, here)
                .compose(left -> retoken(left || !here))
                .transform(done -> done.succeeded() ? send() : Future.failedFuture(failure))
                .recover(later -> Future.failedFuture(isReplay(later) ? failure : later));
    }

    /** A receiver also says that the token has expired when a handler answered too late. */
    private static boolean isForItsToken(Throwable failure, boolean neverLeft) {
        return failure instanceof DeniedException denied
                && (denied.reason() == DenialReason.STALE_EPOCH
                        || (denied.reason() == DenialReason.EXPIRED && neverLeft));
    }

    /** A provider has taken the first message after all, and what became of it is not known. */
    private static boolean isReplay(Throwable failure) {
        return failure instanceof DeniedException denied && denied.reason() == DenialReason.REPLAYED;
    }

    /**
     * Takes the message back. Fails when somebody may have taken it.
     *
     * @param here whether this JVM refused it; else a receiver did, or somebody who says so
     * @return whether it had left this JVM
     */
    private Future<Boolean> withdraw(RequestCarrier carrier, boolean here) {
        if (!carrier.withdraw()) {
            return Future.failedFuture("a handler of this JVM has it");
        }
        SentName name = carrier.sentName();
        if (name == null) {
            return Future.succeededFuture(false);
        }
        if (first == null) {
            first = name;
        }
        return withdraw(carrier.session(), name, here).map(true);
    }

    private Future<Void> withdraw(CallerSession session, SentName name, boolean here) {
        Operation operation = guard.operationAt(address);
        ReplayScope scope = operation == null ? ReplayScope.NODE : operation.replay();
        return switch (scope) {
            // A receiver that took it has not refused it. When nobody refused it, it may be at work.
            case NODE -> here ? Future.failedFuture("it is under way") : Future.succeededFuture();
            case SENDER ->
                session.withdraw(name.sequence()) ? Future.succeededFuture() : Future.failedFuture("a provider has it");
            case CLUSTER -> guard.clusterClaims().claim(session, name.sequence());
        };
    }

    /** Waits for a token, and where a receiver lacked the key of the last one, for it to learn of it. */
    private Future<Void> retoken(boolean pauses) {
        Future<Void> refreshed = member.refreshed().timeout(millisLeft(), TimeUnit.MILLISECONDS);
        return pauses ? refreshed.compose(done -> guard.vertx().timer(pause())).mapEmpty() : refreshed;
    }

    private long pause() {
        long most = FIRST_PAUSE_MILLIS << 2 * (resends - 1);
        return most / 2 + RANDOM.nextLong(most / 2 + 1);
    }

    /** A message was taken back. Never leaves this class. */
    private static final class Unwritten extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unwritten() {
            super("no connection", null, false, false);
        }
    }
}
