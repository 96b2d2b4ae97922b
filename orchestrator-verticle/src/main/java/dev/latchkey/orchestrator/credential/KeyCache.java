// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import io.vertx.core.Future;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's keys, fetched when they are needed.
 *
 * <p>A set that is older than {@code cacheFor} is fetched anew before it is used, so a key that left the set is refused that long
 * after at the latest. A key id that the set does not have may be a new key's, so the set is fetched then too. Between two
 * attempts at a fetch lies a pause, whatever arrives: ids that somebody makes up cause no flood. While fetches fail, the set goes on
 * until it is {@code outage} old; then nothing is accepted. Used by one context.
 */
final class KeyCache {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.orchestrator");

    /** Between two attempts. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private final Supplier<Future<KeySet>> source;
    private final Duration cacheFor;
    private final Duration outage;
    private final Clock clock;
    private @Nullable KeySet keys;
    private long fetchedAt;
    private long attemptedAt;
    private @Nullable Future<Void> attempt;

    /**
     * An empty cache.
     *
     * @param source fetches the set; its future always completes
     */
    KeyCache(Supplier<Future<KeySet>> source, Duration cacheFor, Duration outage, Clock clock) {
        this.source = source;
        this.cacheFor = cacheFor;
        this.outage = outage;
        this.clock = clock;
    }

    /**
     * The key of this id.
     *
     * @return fails with {@link CredentialException} when the issuer has no such key, and with {@link KeysUnavailableException}
     *     when its keys are not known
     */
    Future<SignatureKey> key(String id) {
        SignatureKey known = isYounger(cacheFor) ? find(id) : null;
        return known == null ? refreshed().compose(done -> look(id)) : Future.succeededFuture(known);
    }

    private Future<SignatureKey> look(String id) {
        if (!isYounger(outage)) {
            return Future.failedFuture(new KeysUnavailableException());
        }
        SignatureKey key = find(id);
        return key == null
                ? Future.failedFuture(new CredentialException("kid is none of the issuer's keys"))
                : Future.succeededFuture(key);
    }

    private @Nullable SignatureKey find(String id) {
        return keys == null ? null : keys.key(id);
    }

    /** A clock that was set back makes a set old, not young for ever. */
    private boolean isYounger(Duration limit) {
        long age = clock.millis() - fetchedAt;
        return keys != null && age >= 0 && age < limit.toMillis();
    }

    /** Whoever comes during an attempt waits for that one; never fails. */
    private Future<Void> refreshed() {
        if (attempt != null) {
            return attempt;
        }
        return isPausing() ? Future.succeededFuture() : attempt();
    }

    private boolean isPausing() {
        long since = clock.millis() - attemptedAt;
        return since >= 0 && since < PAUSE.toMillis();
    }

    private Future<Void> attempt() {
        attemptedAt = clock.millis();
        Future<Void> current = source.get()
                .onComplete(done -> attempt = null)
                .onSuccess(this::take)
                .onFailure(failure -> LOG.warn("the issuer's keys could not be fetched: " + failure.getMessage()))
                .<Void>mapEmpty()
                .otherwiseEmpty();
        attempt = current.isComplete() ? null : current;
        return current;
    }

    private void take(KeySet fetched) {
        keys = fetched;
        fetchedAt = clock.millis();
    }
}
