// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.eventbus.token.JwtException;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.token.TokenReader;
import dev.latchkey.eventbus.token.Validity;
import dev.latchkey.eventbus.wire.Frame;
import dev.latchkey.eventbus.wire.SentName;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The callers that this JVM knows, by token id. Thread-safe.
 *
 * <p>Bounded, and full means that new callers are refused: to push out a live session would forget which of its messages
 * were seen, and let them be replayed.
 */
final class ProviderSessions {
    static final int MAX_SESSIONS = 100_000;

    private final Map<TokenId, ProviderSession> sessions = new ConcurrentHashMap<>();
    private final Map<TokenId, Promise<Void>> searches = new ConcurrentHashMap<>();
    private final Withdrawn withdrawn = new Withdrawn();
    private final TokenDesk desk;
    private final TokenReader reader;
    private final ProviderKeys keys;
    private final TrustedTime time;
    private final Duration skew;
    private final Bounds bounds;
    private final ReplayBudget budget;
    private final int maxSessions;

    ProviderSessions(
            TokenDesk desk, TokenReader reader, ProviderKeys keys, TrustedTime time, Duration skew, Bounds bounds) {
        this(desk, reader, keys, time, skew, bounds, MAX_SESSIONS);
    }

    ProviderSessions(
            TokenDesk desk,
            TokenReader reader,
            ProviderKeys keys,
            TrustedTime time,
            Duration skew,
            Bounds bounds,
            int maxSessions) {
        this.desk = desk;
        this.reader = reader;
        this.keys = keys;
        this.time = time;
        this.skew = skew;
        this.bounds = bounds;
        this.budget = new ReplayBudget(bounds);
        this.maxSessions = maxSessions;
    }

    /** The session of the token that a request names, if the token holds now. */
    ProviderSession session(Frame frame) throws Refusal {
        return session(frame, time.now());
    }

    /** The session of the token that a request names, if the token holds at this time. */
    ProviderSession session(Frame frame, long now) throws Refusal {
        ProviderSession known = sessions.get(frame.tokenId());
        ProviderSession session = known == null ? admit(frame) : stillHonoured(known);
        Validity validity = session.validityAt(now, skew);
        if (validity != Validity.VALID) {
            requireAlive(session.grant(), validity);
        }
        return session;
    }

    /** Refuses a message that another one stands for, which was taken here. */
    void requireFirst(Frame frame) throws Refusal {
        if (!withdrawn.isEmpty()) {
            withdrawn.require(new SentName(frame.tokenId(), frame.sequence()));
        }
    }

    /**
     * Takes a message in the place of another one of the same instance, unless that was taken here, or a third one in its place.
     * Noted before the other's memory is asked, which the other notes before it asks here: of two that arrive at once, one at most
     * is taken.
     */
    void takeInPlaceOf(SentName first, ProviderSession session) throws Refusal {
        if (first.token().instance() != session.grant().id().instance()) {
            throw new Refusal(DenialReason.OUT_OF_SCOPE);
        }
        withdrawn.add(first);
        ProviderSession before = sessions.get(first.token());
        if (before != null) {
            before.remember(first.sequence());
        }
    }

    private void requireAlive(TokenGrant grant, Validity validity) throws Refusal {
        boolean stretched = validity == Validity.EXPIRED && keys.stretches(grant);
        if (validity != Validity.VALID && !stretched) {
            throw new Refusal(validity == Validity.EXPIRED ? DenialReason.EXPIRED : DenialReason.NOT_YET_VALID);
        }
    }

    private ProviderSession admit(Frame frame) throws Refusal {
        return admit(read(frame));
    }

    private ProviderSession admit(ServiceToken token) throws Refusal {
        requireAlive(token.grant(), token.validityAt(time.now(), skew));
        requireHonoured(token.grant());
        if (sessions.size() >= maxSessions) {
            bounds.hit(Bound.TOKENS_CACHED);
            throw new Refusal(DenialReason.OVERLOADED);
        }
        ProviderSession session = ProviderSession.admit(token, providerKey(token), budget);
        ProviderSession first = sessions.putIfAbsent(token.id(), session);
        if (first == null) {
            return stillHonoured(session);
        }
        session.close();
        return first;
    }

    /** A revocation that came to be known while the token was admitted has not seen its session. */
    private ProviderSession stillHonoured(ProviderSession session) throws Refusal {
        Revocations revocations = keys.revocations();
        if (session.isHonouredUnder(revocations)) {
            return session;
        }
        try {
            requireHonoured(session.grant());
            session.noteHonouredUnder(revocations);
            return session;
        } catch (Refusal refusal) {
            endRevoked();
            throw refusal;
        }
    }

    private void requireHonoured(TokenGrant grant) throws Refusal {
        DenialReason dropped = droppedFor(grant);
        if (dropped != null) {
            throw new Refusal(dropped);
        }
    }

    private @Nullable DenialReason droppedFor(TokenGrant grant) {
        Revocations revocations = keys.revocations();
        if (revocations.revokes(grant.id().instanceName(), grant.service(), time.now())) {
            return DenialReason.REVOKED;
        }
        return revocations.isStale(grant.operation(), grant.epoch()) ? DenialReason.STALE_EPOCH : null;
    }

    private ServiceToken read(Frame frame) throws Refusal {
        String compact = frame.token();
        if (compact == null) {
            throw new Refusal(DenialReason.UNKNOWN_TOKEN);
        }
        return read(compact, frame.tokenId());
    }

    private ServiceToken read(String compact, TokenId expected) throws Refusal {
        try {
            ServiceToken token = reader.read(compact);
            if (token.id().equals(expected)) {
                return token;
            }
        } catch (JwtException e) {
            // Refused below, as a token of another name is: which of the two it was helps nobody but an attacker.
        }
        throw new Refusal(DenialReason.BAD_TOKEN);
    }

    /** Asks a token's instance for it, and admits it. Several consumers that look for one token share the search. */
    Future<Void> search(TokenId id) {
        Promise<Void> mine = Promise.promise();
        Promise<Void> running = searches.putIfAbsent(id, mine);
        if (running != null) {
            return running.future();
        }
        desk.ask(id, compact -> accept(compact, id)).onComplete(asked -> end(id, asked));
        return mine.future();
    }

    private void end(TokenId id, AsyncResult<Void> result) {
        Promise<Void> search = searches.remove(id);
        if (search != null) {
            search.handle(result);
        }
    }

    /** Takes in the token that a frame carries while its sender is still being asked for it: the search ends at once. */
    void learn(Frame frame) {
        if (frame.token() == null) {
            return;
        }
        try {
            session(frame);
            end(frame.tokenId(), Future.succeededFuture());
        } catch (Refusal refusal) {
            // The search goes on: anyone can put a false token into a frame.
        }
    }

    private Future<Void> accept(String compact, TokenId id) {
        try {
            admit(read(compact, id));
            return Future.succeededFuture();
        } catch (Refusal refusal) {
            return refusal.ahead() == null
                    ? Future.failedFuture(refusal)
                    : keys.missed(refusal.ahead()).compose(caughtUp -> acceptAtLast(compact, id));
        }
    }

    private Future<Void> acceptAtLast(String compact, TokenId id) {
        try {
            admit(read(compact, id));
            return Future.succeededFuture();
        } catch (Refusal refusal) {
            return Future.failedFuture(refusal);
        }
    }

    private SaltedBox providerKey(ServiceToken token) throws Refusal {
        String operation = token.grant().operation();
        SaltedBox key = keys.box(operation, token.grant().epoch());
        if (key != null) {
            return key;
        }
        if (!keys.provides(operation)) {
            throw new Refusal(DenialReason.OUT_OF_SCOPE);
        }
        throw keys.isBehind(token.grant()) ? Refusal.ahead(token.grant()) : new Refusal(DenialReason.STALE_EPOCH);
    }

    /**
     * Forgets and erases sessions whose token has ended so long ago that no answer is under way any more. Not while an outage stretches
     * it: it would be admitted again, and what it had sent before would not be known.
     */
    void forgetExpired() {
        long now = time.now();
        forget(session -> session.isOver(now) && !keys.stretches(session.grant()), DenialReason.EXPIRED);
    }

    /**
     * Erases the keys of sessions of tokens that are revoked, or older than what is honoured. Which of their messages were taken is
     * remembered until they are forgotten, as what was refused may be sent again.
     */
    void endRevoked() {
        sessions.values().forEach(session -> {
            DenialReason dropped = droppedFor(session.grant());
            if (dropped != null && session.ended() == null) {
                // Not as stale: that is what a request is told which no handler has seen.
                session.end(dropped == DenialReason.REVOKED ? dropped : DenialReason.EXPIRED);
            }
        });
    }

    /** Forgets and erases sessions of operations that nobody here provides any more. */
    void keepOnly(Set<String> operations) {
        forget(session -> !operations.contains(session.grant().operation()), DenialReason.LEFT);
    }

    private void forget(Predicate<ProviderSession> ended, DenialReason reason) {
        sessions.values().removeIf(session -> {
            boolean end = ended.test(session);
            if (end) {
                session.end(reason);
                session.forgetArrivals();
            }
            return end;
        });
    }

    /** Sessions at this moment. */
    int size() {
        return sessions.size();
    }

    /** What the sessions' memories of messages share. */
    ReplayBudget replayBudget() {
        return budget;
    }

    /** Where provider keys are found. */
    interface ProviderKeys {
        /** The box of a key that an instance in this JVM holds, or null. */
        @Nullable
        SaltedBox box(String operation, long epoch);

        /** True when an instance in this JVM provides the operation. */
        boolean provides(String operation);

        /** True when a token was made with a newer key than an instance in this JVM holds of its operation. */
        boolean isBehind(TokenGrant grant);

        /**
         * Has those renew who hold older keys than a token, which orchestrators signed, was made with.
         *
         * @return done when they have; failed when they cannot now, or it takes long
         */
        Future<Void> missed(TokenGrant grant);

        /** True when a token that has ended is accepted nevertheless, since its holder cannot have renewed it. */
        boolean stretches(TokenGrant grant);

        /** What is known to be revoked. */
        Revocations revocations();
    }
}
