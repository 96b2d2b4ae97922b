// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Interner;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.crypto.ClaimKey;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.OpeningKey;
import dev.latchkey.eventbus.crypto.OperationKeys;
import dev.latchkey.eventbus.crypto.ReplySide;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.token.Validity;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import dev.latchkey.eventbus.wire.Plaintext;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The keys that one token stands for, as one side of it holds them. Thread-safe.
 *
 * <p>Requests go one way under one key. Replies go either way (a reply may ask again), each responder under a key of its
 * own random salt, so two providers that answer one replayed request never share a key.
 */
abstract class Session implements AutoCloseable {
    /** Responders that a session keeps opening keys for; each provider instance that answers is one. */
    private static final int MAX_PEERS = 256;

    /** How long after its token a session is kept for an answer at most, so that nobody patient keeps keys for ever. */
    private static final Duration MAX_PATIENCE = Duration.ofHours(1);

    /** Scopes that sessions have in common: all callers of an operation have the same. */
    private static final Interner<List<AddressPattern>> SCOPES = Interner.newWeakInterner();

    private static final AtomicLongFieldUpdater<Session> KEPT_UNTIL =
            AtomicLongFieldUpdater.newUpdater(Session.class, "keptUntil");

    private final TokenGrant grant;
    private final OperationKeys keys;
    private final ReplySide side;

    // What each message asks of the grant stands here: of a provider's many sessions none is in a processor's caches,
    // and each object that a message has to look into is one more that is fetched from memory.
    private final String operation;
    private final List<AddressPattern> scope;
    private final long validFrom;
    private final long validUntil;

    private volatile long keptUntil;

    /** Null before the first reply of this side; of a session that has ended too. Written under this session's lock. */
    private volatile @Nullable ReplySealer replies;

    private volatile @Nullable DenialReason ended;

    /** What counts its messages that were taken here; null before the first. */
    private volatile @Nullable LongAdder flow;

    /** Whoever answered last nearly always answers next. */
    private volatile @Nullable Peer lastPeer;

    /** Null before the first reply of the other side. Written under this session's lock. */
    private volatile @Nullable Cache<Buffer, OpeningKey> peers;

    /** A responder's salt, and the key that its answers open with. */
    private record Peer(byte[] salt, OpeningKey key) {}

    Session(TokenGrant grant, OperationKeys keys, ReplySide side) {
        this.grant = grant;
        this.keys = keys;
        this.side = side;
        this.operation = grant.operation();
        this.scope = SCOPES.intern(
                grant.addresses().stream().map(AddressPattern::parse).toList());
        this.validFrom = grant.notBefore() * 1000;
        this.validUntil = grant.expires() * 1000;
    }

    /** What the token allows. */
    final TokenGrant grant() {
        return grant;
    }

    /** Where the token stands at a time. */
    final Validity validityAt(long now, Duration skew) {
        return Validity.at(now, skew, validFrom, validUntil);
    }

    /** True when the token is for the operation, and its scope has a pattern for the address. */
    final boolean covers(String operation, String address) {
        return isFor(operation) && covers(address);
    }

    /** True when the token is for the operation of this name. */
    final boolean isFor(String operation) {
        return this.operation.equals(operation);
    }

    /** True when the token's scope has a pattern for the address. */
    final boolean covers(String address) {
        for (AddressPattern pattern : scope) {
            if (pattern.matches(address)) {
                return true;
            }
        }
        return false;
    }

    /** Counts a message under the token that was taken here. */
    final void noteTaken(SealedFlows flows) {
        LongAdder known = flow;
        if (known == null) {
            known = flows.counter(grant);
            flow = known;
        }
        known.increment();
    }

    /**
     * Seals this side's replies.
     *
     * @throws IllegalStateException when the session has ended
     */
    final ReplySealer replies() {
        ReplySealer known = replies;
        return known == null ? startReplies() : known;
    }

    private synchronized ReplySealer startReplies() {
        ReplySealer known = replies;
        if (known == null) {
            known = new ReplySealer(keys, side);
            replies = known;
        }
        return known;
    }

    /**
     * The content of a reply that the other side sealed; the caller closes it.
     *
     * @param tooManyPeers run when its key pushes out that of another responder
     */
    final Plaintext openReply(Frame frame, Envelope envelope, Runnable tooManyPeers) throws Refusal {
        Peer last = lastPeer;
        if (last != null && frame.hasSalt(last.salt())) {
            return open(last.key(), frame, envelope);
        }
        byte[] salt = frame.salt();
        OpeningKey known = peers().getIfPresent(Buffer.buffer(salt));
        OpeningKey key = known == null ? openingKey(salt) : known;
        Plaintext content = open(key, frame, envelope);
        try {
            if (known == null) {
                keep(salt, key, tooManyPeers);
            }
            lastPeer = new Peer(salt, key);
            closeIfEnded(key);
            return content;
        } catch (Throwable e) {
            // Whoever would have closed it does not get it.
            content.close();
            throw e;
        }
    }

    /** Only when a reply opened: forged ones with made-up salts must not push out the keys of true peers. */
    private void keep(byte[] salt, OpeningKey key, Runnable tooManyPeers) {
        if (peers().estimatedSize() >= MAX_PEERS) {
            tooManyPeers.run();
        }
        peers().put(Buffer.buffer(salt), key);
    }

    /** Keys of responders by their salt; not private, so that a test can tell that they are erased. */
    final Cache<Buffer, OpeningKey> peers() {
        Cache<Buffer, OpeningKey> known = peers;
        return known == null ? startPeers() : known;
    }

    // Not with the session: most of a provider's never open a reply, and a cache takes more memory than all else of it.
    private synchronized Cache<Buffer, OpeningKey> startPeers() {
        Cache<Buffer, OpeningKey> known = peers;
        if (known == null) {
            known = Caffeine.newBuilder().maximumSize(MAX_PEERS).build();
            peers = known;
        }
        return known;
    }

    static Plaintext open(OpeningKey key, Frame frame, Envelope envelope) throws Refusal {
        try {
            return frame.open(key, envelope);
        } catch (OpenFailedException e) {
            throw new Refusal(DenialReason.TAMPERED);
        } catch (IllegalStateException e) {
            // The session ended, and its keys were erased, between finding it and using it.
            throw new Refusal(DenialReason.EXPIRED);
        }
    }

    /** The session may have erased its peers' keys just before this one came to them. */
    private void closeIfEnded(OpeningKey key) {
        if (ended != null) {
            key.close();
        }
    }

    private OpeningKey openingKey(byte[] salt) throws Refusal {
        ReplySide other = side == ReplySide.CALLER ? ReplySide.PROVIDER : ReplySide.CALLER;
        try (SecretBytes key = keys.replyKey(other, salt)) {
            return new OpeningKey(key);
        } catch (IllegalStateException e) {
            throw new Refusal(DenialReason.EXPIRED);
        }
    }

    /** The key of claims to take its requests; the receiver closes it. */
    final ClaimKey claimKey() {
        return keys.claimKey();
    }

    /** What the mark of a request that was taken is called. */
    final String claimName(long sequence) {
        try (ClaimKey key = claimKey()) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(key.name(sequence));
        }
    }

    /** Keeps the session past its token's end, for an answer that somebody still waits for at that time. */
    final void keepFor(long now, int patience) {
        // Past the token's end, which an outage allows, even an answer that comes soon comes after it.
        long wait = Math.max(patience, now < validUntil ? 0 : BusGuard.ANSWER_GRACE.toMillis());
        if (wait > 0) {
            long most = grant.graceEnd() + MAX_PATIENCE.toMillis();
            KEPT_UNTIL.accumulateAndGet(this, Math.min(now + wait, most), Math::max);
        }
    }

    /** True when no answer can be under way any more. */
    final boolean isOver(long now) {
        long then = now - BusGuard.ANSWER_GRACE.toMillis();
        return now > keptUntil && validityAt(then, BusGuard.CLOCK_SKEW) == Validity.EXPIRED;
    }

    /** Erases the keys, and remembers why. What is sealed or opened afterwards fails. */
    final void end(DenialReason reason) {
        ended = reason;
        close();
    }

    /** Why the session has ended, or null while it lives. */
    final @Nullable DenialReason ended() {
        return ended;
    }

    /** Erases the keys. */
    @Override
    public void close() {
        keys.close();
        closeReplies();
        closePeers();
        forgetLastPeer();
    }

    /** With the lock, so that none is started with keys that were read before they were erased. */
    private synchronized void closeReplies() {
        ReplySealer started = replies;
        if (started != null) {
            started.close();
        }
    }

    private void closePeers() {
        Cache<Buffer, OpeningKey> known = peers;
        if (known != null) {
            known.asMap().values().forEach(OpeningKey::close);
            known.invalidateAll();
        }
    }

    /** Its key may have been pushed out of the others, and would then be erased by nobody. */
    private void forgetLastPeer() {
        Peer last = lastPeer;
        lastPeer = null;
        if (last != null) {
            last.key().close();
        }
    }

    /** Names the token. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + grant.id() + " " + grant.service() + " -> " + operation + "]";
    }
}
