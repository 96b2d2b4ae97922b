// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.orchestrator.ledger.LongSet;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** All ways in which messages are sealed: sends, publishes to all nodes, requests, answers, and answers that ask again. */
final class LedgerTraffic {
    static final String ASKING = "asking";

    private static final String TELLING = "telling";
    private static final int SENDS = 64;
    private static final int REQUESTS = 64;
    private static final int PUBLISHES = 2;
    private static final long PAUSE_MILLIS = 10;
    private static final DeliveryOptions PATIENCE = new DeliveryOptions().setSendTimeout(500);

    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder takenAgain = new LongAdder();
    private final LongAdder told = new LongAdder();
    private final LongSet taken = new LongSet();
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean ended;

    /** Consumes as a provider does. */
    Future<?> provide(SecureEventBus bus) {
        return Future.all(
                bus.consumer(ASKING, this::take).completion(),
                bus.consumer(TELLING, message -> told.increment()).completion());
    }

    private void take(Message<Long> message) {
        long number = message.body();
        if (!taken.add(number)) {
            takenAgain.increment();
        }
        if (message.replyAddress() == null) {
            return;
        }
        if (number % 2 == 0) {
            message.reply(number);
        } else {
            message.<Long>replyAndRequest(number, PATIENCE).onSuccess(more -> more.reply(number));
        }
    }

    /** Sends batch after batch until the end, each when the one before is answered or has failed. */
    void pump(LedgerParty caller) {
        if (!ended) {
            caller.vertx().runOnContext(now -> batch(caller));
        }
    }

    private void batch(LedgerParty caller) {
        List<Future<?>> requests = new ArrayList<>();
        try {
            send(caller.bus(), requests);
        } catch (DeniedException | IllegalStateException e) {
            // The party is restarting.
            failed.increment();
            requests.add(caller.vertx().timer(PAUSE_MILLIS));
        }
        Future.join(requests).onComplete(all -> pump(caller));
    }

    private void send(SecureEventBus bus, List<Future<?>> requests) {
        for (int i = 0; i < PUBLISHES; i++) {
            bus.publish(TELLING, numbers.getAndIncrement());
        }
        for (int i = 0; i < SENDS; i++) {
            bus.send(ASKING, numbers.getAndIncrement());
        }
        for (int i = 0; i < REQUESTS; i++) {
            requests.add(request(bus));
        }
    }

    private Future<?> request(SecureEventBus bus) {
        return bus.<Long>request(ASKING, numbers.getAndIncrement(), PATIENCE)
                .compose(LedgerTraffic::answerIfAsked)
                .onSuccess(done -> answered.increment())
                .onFailure(failure -> failed.increment());
    }

    private static Future<?> answerIfAsked(Message<Long> answer) {
        return answer.replyAddress() == null
                ? Future.succeededFuture()
                : answer.replyAndRequest(answer.body(), PATIENCE);
    }

    void end() {
        ended = true;
    }

    /** Requests that were answered to their end. */
    long answered() {
        return answered.sum();
    }

    /** Requests that failed, and batches that were refused, as a party was restarting. */
    long failed() {
        return failed.sum();
    }

    /** Messages that a second provider took. */
    long takenAgain() {
        return takenAgain.sum();
    }

    /** Publishes that arrived, on all nodes together. */
    long told() {
        return told.sum();
    }
}
