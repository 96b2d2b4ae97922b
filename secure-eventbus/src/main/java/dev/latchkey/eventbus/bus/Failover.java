// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.SentName;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request of an operation that has backup addresses: sent to one after the other until somebody answers.
 *
 * <p>It goes on to the next address when it is certain that nobody has it: the address has no handlers, which this JVM knows by
 * itself, and the message has not left. Such a failure costs no time. When no answer came in time, a handler may be at work, so it
 * goes on only if policy calls the operation idempotent; the next message is then a request of its own, which may well run too. For
 * that the request's timeout is split: with n addresses left to try, an attempt gets one n-th of the time that is left, so the last
 * one gets all of it, and all of them together no more than the caller gave.
 *
 * <p>Each message is sealed for its address, which the seal covers. What the other side says under seal is the outcome, be it a
 * failure, and nobody else is asked.
 */
final class Failover<T> {
    private final BusGuard guard;
    private final Member member;
    private final Exchange exchange;
    private final Route route;
    private final boolean idempotent;
    private final Content content;
    private final DeliveryOptions options;
    private final long deadline;
    private @Nullable SentName first;
    private @Nullable Throwable uncertain;

    /**
     * @param addresses where it may go, in order of preference
     * @param idempotent whether it may run twice
     */
    Failover(
            BusGuard guard,
            Member member,
            Exchange exchange,
            List<String> addresses,
            boolean idempotent,
            Content content,
            DeliveryOptions options) {
        this.guard = guard;
        this.member = member;
        this.exchange = exchange;
        this.route = new Route(guard.addressHealth(), addresses);
        this.idempotent = idempotent;
        this.content = content;
        this.options = options;
        this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(options.getSendTimeout());
    }

    /** The answer, or the failure that says most of what became of the request. */
    Future<Message<T>> send() {
        String address = route.next();
        Resends<T> attempt = new Resends<>(guard, member, exchange, address, content, options, timeoutMillis(), first);
        return attempt.send()
                .onSuccess(answer -> guard.addressHealth().answered(address))
                .recover(failure -> again(address, attempt, failure));
    }

    private long timeoutMillis() {
        return Math.max(1, idempotent ? millisLeft() / (route.left() + 1) : millisLeft());
    }

    private long millisLeft() {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }

    private Future<Message<T>> again(String address, Resends<T> attempt, Throwable failure) {
        Ending ending = attempt.ending(failure);
        note(address, ending, failure);
        if (!mayGoOn(ending)) {
            return Future.failedFuture(outcome(ending, failure));
        }
        if (ending == Ending.SILENCE && uncertain == null) {
            uncertain = failure;
        }
        first = ending == Ending.NOBODY ? attempt.first() : null;
        return send();
    }

    private void note(String address, Ending ending, Throwable failure) {
        AddressHealth health = guard.addressHealth();
        switch (ending) {
            case ANSWERED -> health.answered(address);
            case NOBODY -> health.failed(address, !Tried.isNoHandlers(failure));
            case SILENCE -> silent(health, address);
            case OTHER -> health.unknown(address);
        }
    }

    /** A request that must not run twice may just take longer than its caller would wait: that is no news of the address. */
    private void silent(AddressHealth health, String address) {
        if (idempotent) {
            health.failed(address, true);
        } else {
            health.unknown(address);
        }
    }

    private boolean mayGoOn(Ending ending) {
        boolean safe = ending == Ending.NOBODY || (ending == Ending.SILENCE && idempotent);
        return safe && !route.isExhausted() && millisLeft() > 0;
    }

    /** That nobody is at the last address must not hide that somebody may have run it at another. */
    private Throwable outcome(Ending ending, Throwable failure) {
        Throwable telling = ending == Ending.NOBODY && uncertain != null ? uncertain : failure;
        return ending == Ending.ANSWERED ? failure : Tried.counted(telling, route.tried());
    }
}
