// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import dev.latchkey.orchestrator.state.SealedMap;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which single-use credentials were used, until they end.
 *
 * <p>The use is a record in a map that all orchestrators share, made if there is none: of two uses at the same moment, at whatever
 * orchestrators, one makes it. The record names the seed of the instance, so that the same instance may ask again when an answer
 * got lost. Whoever is a member of the cluster can delete the record. Therefore each orchestrator also remembers what it
 * granted or saw, and tells the others at once, sealed, so that they remember it as well.
 *
 * <p>What is left: an orchestrator that starts after a record was deleted, or that was kept from hearing of it, takes that
 * credential once more, unless another one that remembers is asked. Thread-safe.
 */
public final class SpentCredentials {
    /** Where orchestrators tell each other of a use: the credential's id, then the sealed record. */
    static final String ADDRESS = "latchkey.spent";

    private static final int ID_LENGTH = 32;
    private static final int MAX_TOLD = 512;
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** Only credentials that are well signed get here, so a deployer that issues more than this in an hour must wait. */
    static final int MAX_REMEMBERED = 100_000;

    private final SealedMap map;
    private final Vertx vertx;
    private final Clock clock;
    private final Map<String, Spent> remembered = new ConcurrentHashMap<>();

    /** Uses that are kept in a map. */
    public SpentCredentials(SealedMap map, Vertx vertx, Clock clock) {
        this.map = map;
        this.vertx = vertx;
        this.clock = clock;
    }

    /** Begins to hear of what other orchestrators granted. */
    public Future<Void> listen() {
        return vertx.eventBus()
                .<Object>consumer(ADDRESS, told -> hear(told.body()))
                .completion();
    }

    /**
     * Uses a credential, if it is one that may be used once only.
     *
     * @param commitment of the seed of the instance that asks
     * @return fails with {@link CredentialException} when another instance has used it
     */
    public Future<Void> spend(Identity identity, Buffer commitment) {
        Instant end = identity.singleUseUntil();
        return end == null
                ? Future.succeededFuture()
                : spend(identity.credentialId(), new Spent(end.toEpochMilli(), commitment));
    }

    private Future<Void> spend(String id, Spent use) {
        Spent before = remembered.get(id);
        if (before != null) {
            return judge(before, use);
        }
        if (isFull()) {
            return Future.failedFuture(new IllegalStateException("more than " + MAX_REMEMBERED
                    + " single-use credentials are remembered; wait until some have ended"));
        }
        Duration left =
                Duration.ofMillis(Math.max(1, use.end() - clock.millis())).plus(MARGIN);
        byte[] record = use.toBytes();
        return map.create(id, record, left).compose(first -> first ? first(id, use, record) : another(id, use));
    }

    private Future<Void> first(String id, Spent use, byte[] record) {
        Spent before = remembered.putIfAbsent(id, use);
        vertx.eventBus().publish(ADDRESS, Buffer.buffer(id).appendBuffer(map.sealed(id, record)));
        // It was used while the record was being made: somebody had deleted that of the other use.
        return before == null ? Future.succeededFuture() : judge(before, use);
    }

    /** There is a record. One that does not open is what somebody made of an orchestrator's, so the credential was used. */
    private Future<Void> another(String id, Spent use) {
        return map.get(id).compose(found -> {
            Optional<Spent> before = found.map(SealedMap.Found::content).map(Spent::fromBytes);
            before.ifPresent(spent -> remember(id, spent));
            return judge(before.orElse(null), use);
        });
    }

    private static Future<Void> judge(@Nullable Spent before, Spent use) {
        return before != null && before.isSameUse(use)
                ? Future.succeededFuture()
                : Future.failedFuture(new CredentialException("used before, and it may be used once only"));
    }

    /** Anybody may publish anything; what an orchestrator sealed is believed, and can only make a credential useless. */
    private void hear(@Nullable Object told) {
        if (told instanceof Buffer bytes && bytes.length() > ID_LENGTH && bytes.length() <= MAX_TOLD) {
            String id = bytes.getString(0, ID_LENGTH, StandardCharsets.US_ASCII.name());
            map.opened(id, bytes.getBuffer(ID_LENGTH, bytes.length()))
                    .map(Spent::fromBytes)
                    .ifPresent(spent -> remember(id, spent));
        }
    }

    /** True when this orchestrator knows the use without looking at the map. */
    boolean remembers(Identity identity) {
        return remembered.containsKey(identity.credentialId());
    }

    private void remember(String id, Spent use) {
        if (!use.isOver(clock.millis()) && !isFull()) {
            remembered.putIfAbsent(id, use);
        }
    }

    private boolean isFull() {
        if (remembered.size() >= MAX_REMEMBERED) {
            forgetEnded();
        }
        return remembered.size() >= MAX_REMEMBERED;
    }

    /** Gives room to others. */
    public void forgetEnded() {
        long now = clock.millis();
        remembered.values().removeIf(spent -> spent.isOver(now));
    }
}
