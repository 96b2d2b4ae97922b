// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.Health;
import dev.latchkey.eventbus.Metrics;
import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.count.Timing;
import dev.latchkey.eventbus.crypto.CipherProvider;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.directory.DirectoryBox;
import dev.latchkey.eventbus.policy.AddressBook;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.registration.Notice;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.token.TokenReader;
import dev.latchkey.eventbus.token.Validity;
import dev.latchkey.eventbus.transport.CoalescedWrites;
import dev.latchkey.eventbus.wire.Codecs;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.impl.EventBusImpl;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.shareddata.Shareable;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What all members of one Vertx share: the codec and the two interceptors, installed once, the callers that are known, and
 * the requests that wait for an answer. Thread-safe.
 */
final class BusGuard implements Shareable, ProviderSessions.ProviderKeys {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.guard");

    /** How far clocks may disagree when a token's times are judged. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(2);

    /** How long after its token ended a session can still carry an answer that is under way. */
    static final Duration ANSWER_GRACE = Duration.ofSeconds(30);

    /**
     * How long a request whose token has become stale still waits to be refused. A provider that refuses it says so at once, and it can
     * be sent again; without that nobody knows whether it is at work.
     */
    private static final long STALE_GRACE_MILLIS = 1_000;

    /** How long messages under a newer key than those here wait for it. An orchestrator that is asked for it takes some milliseconds. */
    private static final long CATCH_UP_MILLIS = 2_000;

    /** How much longer messages wait for it that nobody will send again: a member that stands still holds orchestrators up for seconds. */
    private static final long OVERDUE_MILLIS = 5_000;

    private static final long OVERDUE_LOOK_MILLIS = 50;

    private static final String REGISTRY = "dev.latchkey";

    private final Vertx vertx;
    private final TrustBundle trust;
    private final PlainRequests requests;
    private final Codecs codecs;
    private final Bounds bounds = new Bounds();
    private final AddressHealth addressHealth;
    private final OutageGrace grace = new OutageGrace();
    private final FrameLimit frames = new FrameLimit();
    private final SecureCodec codec = new SecureCodec(frames, bounds);
    private final TrustedTime time;
    private final TokenReader tokens;
    private final TokenDesk desk;
    private final ProviderSessions sessions;
    private final ContextInternal background;
    private final Backlog waiting = new Backlog();
    private final Backlog claiming = new Backlog();
    private final LongAdder opened = new LongAdder();
    private final SealedFlows flows = new SealedFlows();
    private final Timing searches = new Timing();
    private final Metrics metrics;
    private final Refusals refusals = new Refusals();
    private final Alarms alarms = new Alarms();
    private final RevocationWatch watch;
    private final ClusterClaims clusterClaims;
    private final Observations observations = new Observations();
    private final Violations violations = new Violations(bounds);
    private final Reporter reporter;
    private final PlaintextPassage passage = new PlaintextPassage(observations);
    private final PendingReplies pending = new PendingReplies();
    private final OwnInstances own;
    private final Directories directories;
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private volatile AddressBook book = AddressBook.empty();
    private final ProvidedOperations provided = new ProvidedOperations();
    private boolean coalescesWrites;

    private BusGuard(Vertx vertx, TrustBundle trust, Clock clock) {
        String cipher = CipherProvider.require(LOG::warn);
        LOG.debug("AES-GCM of " + cipher);
        this.vertx = vertx;
        this.trust = trust;
        this.requests = PlainRequests.of(vertx);
        this.codecs = new PlainBusCodecs((EventBusImpl) vertx.eventBus());
        this.time = new TrustedTime(clock);
        this.own = new OwnInstances(time::local);
        this.addressHealth = new AddressHealth(time::local, bounds);
        this.tokens = new TokenReader(trust.tokenKeys(), trust.trustDomain());
        this.desk = new TokenDesk(vertx);
        this.sessions = new ProviderSessions(desk, tokens, this, time, CLOCK_SKEW, bounds);
        this.watch = new RevocationWatch(trust, time::local, alarms, bounds, this::revoke);
        this.clusterClaims = new ClusterClaims(vertx);
        this.background = ((VertxInternal) vertx).createEventLoopContext();
        this.directories = new Directories(this);
        this.reporter = new Reporter(vertx, background, violations, () -> members);
        this.metrics = GuardMetrics.of(this);
    }

    /**
     * The guard of a Vertx, installed at the first call.
     *
     * @throws IllegalArgumentException when the Vertx already is in another trust domain
     */
    static BusGuard of(Vertx vertx, TrustBundle trust, Clock clock) {
        Map<String, BusGuard> registry = vertx.sharedData().getLocalMap(REGISTRY);
        BusGuard guard = registry.computeIfAbsent("guard", key -> install(vertx, trust, clock));
        if (!guard.trust.equals(trust)) {
            throw new IllegalArgumentException("this Vertx is in trust domain " + guard.trust.trustDomain()
                    + " with another trust bundle; use one Vertx for each trust domain");
        }
        return guard;
    }

    /** The guard of a Vertx on which somebody has joined, or null. */
    static @Nullable BusGuard find(Vertx vertx) {
        return (BusGuard) vertx.sharedData().getLocalMap(REGISTRY).get("guard");
    }

    private static BusGuard install(Vertx vertx, TrustBundle trust, Clock clock) {
        BusGuard guard = new BusGuard(vertx, trust, clock);
        // Fails when the application has a codec of this name: better than to leave the bus half guarded.
        vertx.eventBus()
                .registerCodec(guard.codec)
                .addOutboundInterceptor(new OutboundInterceptor(guard))
                .addInboundInterceptor(new InboundInterceptor(guard));
        guard.listenForNotices();
        return guard;
    }

    private void listenForNotices() {
        background.runOnContext(
                now -> vertx.eventBus().<Object>consumer(Notice.ADDRESS, notice -> watch.heard(notice.body())));
    }

    /** Drops at once what is revoked: the callers' sessions here, and the tokens of the members here. */
    private void revoke(Revocations revocations) {
        sessions.endRevoked();
        members.forEach(member -> member.revoked(revocations));
        directories.changed();
        failUnanswerable();
    }

    Vertx vertx() {
        return vertx;
    }

    EventBus plainBus() {
        return vertx.eventBus();
    }

    PlainRequests requests() {
        return requests;
    }

    Codecs codecs() {
        return codecs;
    }

    SecureCodec codec() {
        return codec;
    }

    TrustedTime time() {
        return time;
    }

    TrustBundle trust() {
        return trust;
    }

    TokenReader tokens() {
        return tokens;
    }

    TokenDesk desk() {
        return desk;
    }

    /** A context of Latchkey's own, so that its chores do not wait for an application's handlers. */
    ContextInternal background() {
        return background;
    }

    ProviderSessions sessions() {
        return sessions;
    }

    ClusterClaims clusterClaims() {
        return clusterClaims;
    }

    Refusals refusals() {
        return refusals;
    }

    Alarms alarms() {
        return alarms;
    }

    RevocationWatch watch() {
        return watch;
    }

    OutageGrace grace() {
        return grace;
    }

    @Override
    public boolean stretches(TokenGrant grant) {
        return grace.stretches(grant, time.now(), CLOCK_SKEW);
    }

    /** Where a sender's token stands for a receiver of the same JVM, which an outage of the orchestrators may stretch. */
    Validity validity(Session session) {
        Validity validity = session.validityAt(time.recent(), CLOCK_SKEW);
        return validity == Validity.EXPIRED && stretches(session.grant()) ? Validity.VALID : validity;
    }

    @Override
    public Revocations revocations() {
        return watch.known();
    }

    Bounds bounds() {
        return bounds;
    }

    /** Who provides what, as orchestrators tell. */
    Directories directories() {
        return directories;
    }

    /** The box of a directory, if a member here may open it. */
    @Nullable
    DirectoryBox directoryBox(String operation, long epoch) {
        return members.stream()
                .map(member -> member.directoryBox(operation, epoch))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The newest box of a directory that a member here may open. */
    @Nullable
    DirectoryBox newestDirectoryBox(String operation) {
        return members.stream()
                .map(member -> member.newestDirectoryBox(operation))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Something of a directory is sealed under a key that no member has: one that has older ones only renews. */
    void missedDirectory(String operation, long epoch) {
        members.forEach(member -> member.missedDirectory(operation, epoch));
    }

    /** Which addresses of operations with backups have failed. */
    AddressHealth addressHealth() {
        return addressHealth;
    }

    FrameLimit frames() {
        return frames;
    }

    /** Lets messages that are written in one go leave in one system call, from now on. */
    synchronized void coalesceWrites() {
        if (!coalescesWrites && vertx.isClustered()) {
            coalescesWrites = true;
            background.runOnContext(now -> CoalescedWrites.begin(vertx));
        }
    }

    /** Messages that wait for their token. */
    Backlog waiting() {
        return waiting;
    }

    /** Messages that wait for their claim. */
    Backlog claiming() {
        return claiming;
    }

    /** How long messages' tokens were searched for. */
    Timing searches() {
        return searches;
    }

    /** How many instances here stand so with their orchestrators. */
    long members(Health health) {
        return members.stream().filter(member -> member.health() == health).count();
    }

    /** Of the oldest token that an instance here sends under, milliseconds; 0 when there is none. */
    long oldestToken() {
        long now = time.now();
        return members.stream()
                .flatMap(Member::tokens)
                .mapToLong(token -> now - token.grant().timestamp())
                .reduce(0, Math::max);
    }

    /** Counts the messages from the wire that were opened. */
    LongAdder opened() {
        return opened;
    }

    /** Counts the messages that were taken, by caller and operation. */
    SealedFlows flows() {
        return flows;
    }

    /** Always the same object: a registry refers to it weakly. */
    Metrics metrics() {
        return metrics;
    }

    /** Violations that were seen here. */
    Violations violations() {
        return violations;
    }

    /** Who tells orchestrators of them. */
    Reporter reporter() {
        return reporter;
    }

    Observations observations() {
        return observations;
    }

    PlaintextPassage passage() {
        return passage;
    }

    /** How far policy is enforced at an address. */
    Mode modeAt(String address) {
        return book.modeAt(address);
    }

    /** How far policy is enforced at an address that belongs to this operation, or to none. */
    Mode modeOf(@Nullable Operation operation, String address) {
        return book.modeOf(operation, address);
    }

    /** The operation that an address belongs to, or null for an address outside policy. */
    @Nullable
    Operation operationAt(String address) {
        return book.operationAt(address);
    }

    /** Takes in what a member learned, and sweeps out what has ended. */
    synchronized void update(Member member, Collection<Operation> operations, Mode unlisted) {
        book = AddressBook.of(operations, unlisted);
        if (!members.contains(member)) {
            members.add(member);
        }
        provided.put(member, member.provides());
        sessions.forgetExpired();
        directories.keysChanged();
        failUnanswerable();
    }

    /** True when the token was issued to an instance of this JVM, be it one that left a short while ago. */
    boolean isOwn(TokenId token) {
        return own.have(token.instanceName());
    }

    /** Notes the name that a member has from now on, before anything is sent in it. */
    void comes(String instance) {
        own.came(instance);
    }

    /** Notes that a member has another name from now on, or none. */
    void gone(String instance) {
        own.left(instance);
    }

    /** Forgets a member that left. */
    synchronized void remove(Member member) {
        gone(member.instance());
        members.remove(member);
        provided.remove(member);
        directories.keepOnly(
                members.stream().flatMap(other -> other.invokes().stream()).collect(Collectors.toUnmodifiableSet()));
        sessions.keepOnly(provided.all());
        failUnanswerable();
    }

    @Override
    public @Nullable SaltedBox box(String operation, long epoch) {
        for (Member member : members) {
            SaltedBox box = member.box(operation, epoch);
            if (box != null) {
                return box;
            }
        }
        return null;
    }

    @Override
    public boolean provides(String operation) {
        return provided.contains(operation);
    }

    @Override
    public boolean isBehind(TokenGrant grant) {
        return members.stream().anyMatch(member -> member.isBehind(grant));
    }

    /** A provider that lags behind its callers renews; one that an old token is shown to does not. */
    @Override
    public Future<Void> missed(TokenGrant grant) {
        return Future.join(members.stream().map(member -> member.missed(grant)).toList())
                .<Void>mapEmpty()
                .timeout(CATCH_UP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Waits for a newer key than those here whose holders cannot renew at once: they go on trying in their own time.
     *
     * @return done when it has come; failed when it takes long
     */
    Future<Void> overdue(TokenGrant grant) {
        return overdue(grant, OVERDUE_MILLIS / OVERDUE_LOOK_MILLIS);
    }

    // Looked for, instead of told: what waits on an attempt that never succeeds would pile up there.
    // So many times, and by no clock that could be set back.
    private Future<Void> overdue(TokenGrant grant, long looks) {
        if (box(grant.operation(), grant.epoch()) != null || !isBehind(grant)) {
            return Future.succeededFuture();
        }
        return looks == 0
                ? Future.failedFuture("a key did not come")
                : vertx.timer(OVERDUE_LOOK_MILLIS).compose(passed -> overdue(grant, looks - 1));
    }

    /** Expects the answer to a request. */
    void expect(String replyAddress, Carrier request) {
        PendingReply waiting = new PendingReply(replyAddress, request);
        pending.put(waiting);
        // The session may have ended since it was chosen, and whoever ended it has not seen this request.
        waiting.failIfEnded();
        if (waiting.isOver()) {
            pending.remove(replyAddress);
        }
    }

    /** Ends the wait of requests whose session has ended. */
    void failUnanswerable() {
        pending.forEach(
                waiting -> waiting.failIfEnded(() -> vertx.setTimer(STALE_GRACE_MILLIS, id -> waiting.failIfEnded())));
    }

    /** True when no other request may wait. */
    boolean expectsTooMuch() {
        return pending.isFull();
    }

    /** Requests that wait for their answers. */
    long pendingRequests() {
        return pending.size();
    }

    /** The request that waits at an address, or null. */
    @Nullable
    PendingReply pending(String replyAddress) {
        return pending.get(replyAddress);
    }

    /** Ends the wait of a request, and says how it stood. */
    @Nullable
    PendingReply forget(String replyAddress) {
        return pending.remove(replyAddress);
    }

    /** Refused messages so far. */
    Map<DenialReason, Long> refused() {
        return refusals.snapshot();
    }
}
