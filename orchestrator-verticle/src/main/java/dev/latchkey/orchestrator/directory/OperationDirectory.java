// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.directory;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.directory.DirectoryBox;
import dev.latchkey.eventbus.directory.DirectoryUpdate;
import dev.latchkey.eventbus.directory.Progress;
import dev.latchkey.eventbus.directory.ProviderEntry;
import dev.latchkey.eventbus.directory.ProviderTable;
import dev.latchkey.orchestrator.limit.TokenBucket;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The providers of one operation, on the side of an orchestrator. Used on one context. */
final class OperationDirectory {
    private static final Duration FRESHNESS = Duration.ofSeconds(60);
    private static final int MESSAGES_PER_SECOND = 500;
    private static final int MOST_TOLD = 1_000;

    /** After its last change an orchestrator says once more which one it was: who missed it learns so. */
    private static final long AFTERWORD_MILLIS = 500;

    private static final long BEAT_MILLIS = 10_000;

    /** How long all that is known is told in the same bytes, when nothing has changed. */
    private static final long SAME_MILLIS = 1_000;

    private final String operation;
    private final Desk desk;
    private final Runnable missed;
    private final ProviderTable table;
    private final Progress progress = new Progress();
    private final Map<String, ProviderEntry> untold = new LinkedHashMap<>();
    private final List<MessageConsumer<Object>> consumers = new ArrayList<>();
    private final TokenBucket limit;
    private long number;
    private long toldAt;
    private boolean hasMoreToSay;
    private Map<String, Long> heardBefore = Map.of();
    private @Nullable Buffer whole;
    private long wholeUntil;

    OperationDirectory(String operation, Desk desk, Runnable missed) {
        this.operation = operation;
        this.desk = desk;
        this.missed = missed;
        this.table = new ProviderTable(() -> desk.noticed().hit(Bound.DIRECTORY_ENTRIES));
        this.limit = new TokenBucket(MESSAGES_PER_SECOND, desk.clock());
    }

    private long now() {
        return desk.clock().millis();
    }

    Future<Void> listen() {
        return consume(DirectoryBox.updates(operation), message -> heard(message.body()));
    }

    Future<Void> answer() {
        return consume(DirectoryBox.questions(operation), this::answer);
    }

    private Future<Void> consume(String address, Handler<Message<Object>> handler) {
        MessageConsumer<Object> consumer = desk.vertx().eventBus().consumer(address, handler);
        consumers.add(consumer);
        return consumer.completion();
    }

    /** Leases are read from now on: whatever was told until now was written before. */
    void beginReading() {
        heardBefore = progress.heard();
    }

    void endReading() {
        progress.caughtUp(heardBefore);
    }

    /** Takes in what somebody else knows already. */
    void take(ProviderEntry entry) {
        merge(List.of(entry));
    }

    private void merge(List<ProviderEntry> entries) {
        if (table.merge(entries, now())) {
            whole = null;
        }
    }

    /** Takes in what this orchestrator has to tell. */
    void change(ProviderEntry entry) {
        merge(List.of(entry));
        untold.merge(entry.instance(), entry, (before, after) -> before.ended() ? before : after);
    }

    void tell() {
        long now = now();
        if (!untold.isEmpty()) {
            number++;
            progress.arrived(desk.publisher(), number);
            publish(now, some());
            hasMoreToSay = true;
        } else if (number > 0 && now - toldAt >= (hasMoreToSay ? AFTERWORD_MILLIS : BEAT_MILLIS)) {
            publish(now, List.of());
            hasMoreToSay = false;
        }
    }

    /** As many as one update tells; the others are told the next time. */
    private List<ProviderEntry> some() {
        List<ProviderEntry> some = untold.values().stream().limit(MOST_TOLD).toList();
        some.forEach(entry -> untold.remove(entry.instance()));
        return some;
    }

    private void publish(long now, List<ProviderEntry> entries) {
        toldAt = now;
        whole = null;
        Buffer sealed = seal(new DirectoryUpdate(desk.publisher(), number, now, Map.of(), entries));
        desk.vertx().eventBus().publish(DirectoryBox.updates(operation), sealed);
    }

    private Buffer seal(DirectoryUpdate update) {
        try (DirectoryBox box = desk.activeBox(operation)) {
            return box.seal(update, desk.signing(), desk.trustDomain());
        }
    }

    /** Takes what was published at the updates' address, by whomever. */
    private void heard(Object message) {
        long epoch = DirectoryBox.claimedEpoch(message);
        if (epoch < 0) {
            return;
        }
        if (!limit.take()) {
            desk.noticed().hit(Bound.DIRECTORY_MESSAGES);
            return;
        }
        try (DirectoryBox box = desk.keys().box(operation, epoch)) {
            heard(box.open((Buffer) message, List.of(desk.signing().verifyingKey()), desk.trustDomain()));
        } catch (OpenFailedException | IllegalStateException e) {
            // Nobody who may read it wrote it; or this orchestrator ends.
        } catch (IllegalArgumentException e) {
            desk.noticed().raise(Alarm.FORGED_DIRECTORY, operation + ": " + e.getMessage());
        }
    }

    private void heard(DirectoryUpdate update) {
        boolean fresh = Math.abs(now() - update.sentAt()) <= FRESHNESS.toMillis();
        if (!fresh || update.publisher().equals(desk.publisher())) {
            return;
        }
        merge(update.entries());
        if (update.entries().isEmpty()) {
            progress.known(update.publisher(), update.number());
        } else {
            progress.arrived(update.publisher(), update.number());
        }
        if (progress.isBehind()) {
            missed.run();
        }
    }

    private void answer(Message<Object> question) {
        long epoch = DirectoryBox.claimedEpoch(question.body());
        if (epoch < 0) {
            return;
        }
        if (!limit.take()) {
            desk.noticed().hit(Bound.DIRECTORY_MESSAGES);
            return;
        }
        try (DirectoryBox box = desk.keys().box(operation, epoch)) {
            long askedAt = box.openQuestion((Buffer) question.body());
            if (Math.abs(now() - askedAt) <= FRESHNESS.toMillis()) {
                question.reply(whole());
            }
        } catch (OpenFailedException | IllegalStateException e) {
            // Whoever may not know it gets no answer, and neither does he who asks one that ends: another one has it.
        }
    }

    private Buffer whole() {
        long now = now();
        Buffer told = whole;
        if (told == null || now >= wholeUntil) {
            told = seal(new DirectoryUpdate(desk.publisher(), number, now, numbers(), table.all(now)));
            whole = told;
            wholeUntil = now + SAME_MILLIS;
        }
        return told;
    }

    /** Its own number is there even before its first change: an update with none is a change. */
    private Map<String, Long> numbers() {
        Map<String, Long> numbers = new LinkedHashMap<>(progress.have());
        numbers.put(desk.publisher(), number);
        return numbers;
    }

    List<ProviderEntry> living() {
        return table.living(now());
    }

    Future<Void> close() {
        return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
                .mapEmpty();
    }
}
