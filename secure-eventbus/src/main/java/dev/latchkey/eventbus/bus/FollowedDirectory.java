// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.Provider;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.directory.DirectoryBox;
import dev.latchkey.eventbus.directory.DirectoryUpdate;
import dev.latchkey.eventbus.directory.Progress;
import dev.latchkey.eventbus.directory.ProviderEntry;
import dev.latchkey.eventbus.directory.ProviderTable;
import dev.latchkey.eventbus.registration.NodeAddress;
import dev.latchkey.eventbus.registration.PlainQuestion;
import dev.latchkey.eventbus.registration.Revocations;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one operation as this JVM knows it: all that an orchestrator told once, and every change since.
 *
 * <p>Updates are numbered by their publisher. Who finds that one is missing asks for all, again and again until an orchestrator has told up
 * to there, or has told all so often that there can be nothing more. Entries merge to the same in any order, so old updates do no harm;
 * those that are not fresh are dropped all the same. Its own work runs on Latchkey's context; the rest is thread-safe.
 */
final class FollowedDirectory {
    static final int UPDATES_PER_SECOND = 500;
    private static final Duration FRESHNESS = Duration.ofSeconds(60);
    private static final long PATIENCE_SECONDS = 10;
    private static final long ANSWER_MILLIS = 1_000;
    private static final long SECOND_MILLIS = 1_000;
    private static final int MAX_CATCH_UPS = 5;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Backoff RETRIES = new Backoff(100, 5_000, () -> RANDOM.nextDouble());

    private final BusGuard guard;
    private final String operation;
    private final ProviderTable table;
    private final Progress progress = new Progress();
    private final Promise<Void> known = Promise.promise();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private @Nullable MessageConsumer<Object> updates;
    private boolean asking;
    private boolean unreadable;
    private volatile boolean stopped;
    private long timer = -1;
    private long second;
    private int inSecond;

    FollowedDirectory(BusGuard guard, String operation) {
        this.guard = guard;
        this.operation = operation;
        this.table = new ProviderTable(() -> guard.bounds().hit(Bound.DIRECTORY_ENTRIES));
    }

    /** First it listens, then it asks, so that nothing falls in between. */
    FollowedDirectory start() {
        onContext(() -> {
            MessageConsumer<Object> consumer =
                    guard.plainBus().consumer(DirectoryBox.updates(operation), message -> heard(message.body()));
            updates = consumer;
            consumer.completion().onComplete(listening -> ask());
        });
        return this;
    }

    private void onContext(Runnable action) {
        guard.background().runOnContext(now -> action.run());
    }

    /** True when it stopped, since nobody here may see it any more. */
    boolean stopUnless(Set<String> invoked) {
        if (invoked.contains(operation)) {
            return false;
        }
        stopped = true;
        onContext(this::close);
        return true;
    }

    private void close() {
        guard.vertx().cancelTimer(timer);
        MessageConsumer<Object> consumer = updates;
        if (consumer != null) {
            consumer.unregister();
        }
        known.tryFail(nobodyTold());
    }

    /** Those that live, once an orchestrator has told. */
    Future<List<Provider>> providers() {
        // Of a future of its own: what is followed goes on after one who asked has lost patience.
        return known.future()
                .map(told -> snapshot())
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .recover(failure -> Future.failedFuture(nobodyTold()));
    }

    private ReplyException nobodyTold() {
        return new ReplyException(
                ReplyFailure.TIMEOUT,
                "no orchestrator told who provides " + operation + "; start one in this cluster, or try again");
    }

    /** Those that live and are not revoked, as far as it is known. */
    List<Provider> snapshot() {
        long now = guard.time().now();
        Revocations revoked = guard.revocations();
        return table.living(now).stream()
                .filter(entry -> !revoked.revokes(entry.instance(), entry.service(), now))
                .map(FollowedDirectory::provider)
                .toList();
    }

    private static Provider provider(ProviderEntry entry) {
        NodeAddress node = entry.node();
        return new Provider(
                entry.instance(),
                entry.service(),
                node == null ? "" : node.id(),
                node == null ? "" : node.host() + ":" + node.port(),
                Instant.ofEpochMilli(entry.until()));
    }

    /** Tells of each change that follows, on any thread. */
    void listen(Runnable listener) {
        listeners.add(listener);
        known.future().onSuccess(told -> listener.run());
    }

    void unlisten(Runnable listener) {
        listeners.remove(listener);
    }

    /** Who counts as a provider may have changed. */
    void changed() {
        listeners.forEach(Runnable::run);
    }

    void keysChanged() {
        onContext(() -> {
            if (unreadable || !known.future().isComplete()) {
                unreadable = false;
                ask();
            }
        });
    }

    /** Takes what was published at the updates' address, by whomever. */
    private void heard(Object message) {
        if (DirectoryBox.claimedEpoch(message) < 0) {
            return;
        }
        if (!mayOpen()) {
            guard.bounds().hit(Bound.DIRECTORY_MESSAGES);
            return;
        }
        DirectoryUpdate update = open((Buffer) message);
        if (update != null) {
            take(update);
        }
        if (progress.isBehind()) {
            ask();
        }
    }

    private boolean mayOpen() {
        long now = guard.time().local() / SECOND_MILLIS;
        inSecond = now == second ? inSecond + 1 : 1;
        second = now;
        return inSecond <= UPDATES_PER_SECOND;
    }

    /** What no orchestrator told is nothing; if somebody who could seal it wrote it, that is worth an alarm. */
    private @Nullable DirectoryUpdate open(Buffer message) {
        long epoch = DirectoryBox.claimedEpoch(message);
        DirectoryBox box = guard.directoryBox(operation, epoch);
        if (box == null) {
            unreadable = true;
            guard.missedDirectory(operation, epoch);
            return null;
        }
        try {
            return box.open(message, guard.trust().tokenKeys(), guard.trust().trustDomain());
        } catch (OpenFailedException | IllegalStateException e) {
            // Not for us, or the key was erased this moment.
            return null;
        } catch (IllegalArgumentException e) {
            guard.alarms().raise(Alarm.FORGED_DIRECTORY, operation + ": " + e.getMessage());
            return null;
        }
    }

    private void take(DirectoryUpdate update) {
        long now = guard.time().now();
        if (Math.abs(now - update.sentAt()) > FRESHNESS.toMillis()) {
            return;
        }
        boolean changed = table.merge(update.entries(), now);
        note(update);
        if (changed) {
            changed();
        }
        schedule(now);
    }

    private void note(DirectoryUpdate update) {
        if (update.isWhole()) {
            progress.caughtUp(update.whole());
            known.tryComplete();
        } else if (update.entries().isEmpty()) {
            progress.known(update.publisher(), update.number());
        } else {
            progress.arrived(update.publisher(), update.number());
        }
    }

    /** A lease that ends is a change that nobody tells of. */
    private void schedule(long now) {
        guard.vertx().cancelTimer(timer);
        long end = table.nextEnd();
        if (end != Long.MAX_VALUE && !stopped) {
            timer = guard.vertx().setTimer(Math.max(1, end - now + 1), id -> onContext(this::ended));
        }
    }

    private void ended() {
        long now = guard.time().now();
        if (table.merge(List.of(), now)) {
            changed();
        }
        schedule(now);
    }

    private void ask() {
        if (!asking && !stopped) {
            asking = true;
            ask(0, 0);
        }
    }

    private void ask(int failures, int catchUps) {
        DirectoryBox box = guard.newestDirectoryBox(operation);
        if (box == null || stopped) {
            asking = false;
            return;
        }
        PlainQuestion.ask(
                        guard.vertx(),
                        DirectoryBox.questions(operation),
                        box.question(guard.time().now()),
                        ANSWER_MILLIS)
                .map(answer -> told(answer.body()))
                .otherwise(false)
                .onComplete(done -> onContext(() -> answered(done.result(), failures, catchUps)));
    }

    private boolean told(Object answer) {
        DirectoryUpdate update = DirectoryBox.claimedEpoch(answer) < 0 ? null : open((Buffer) answer);
        if (update == null || !update.isWhole()) {
            return false;
        }
        take(update);
        return true;
    }

    private void answered(boolean whole, int failures, int catchUps) {
        if (!whole) {
            guard.vertx().setTimer(RETRIES.pause(failures + 1), id -> onContext(() -> ask(failures + 1, catchUps)));
        } else if (progress.isBehind() && catchUps < MAX_CATCH_UPS) {
            guard.vertx().setTimer(RETRIES.pause(1), id -> onContext(() -> ask(0, catchUps + 1)));
        } else {
            // Who published what is missing may be gone. Nobody knows of it, so there is nothing to know.
            progress.caughtUp(progress.heard());
            asking = false;
        }
    }
}
