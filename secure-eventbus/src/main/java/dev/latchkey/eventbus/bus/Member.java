// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.Health;
import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.directory.DirectoryBox;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.OrchestratorClient;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.eventbus.registration.RegistrationWire;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.eventbus.registration.SealedFlow;
import dev.latchkey.eventbus.registration.Violation;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.token.TokenGrant;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One registered instance: its seed, its lease, its tokens and provider keys, and the timer that renews them.
 *
 * <p>What it holds is one immutable snapshot, replaced whole by each answer of an orchestrator. Thread-safe.
 */
final class Member {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.member");

    private static final SecureRandom RANDOM = new SecureRandom();

    /** How long one renewal looks for an orchestrator, and how soon the next begins after it found none. */
    private static final Duration RENEWAL_PATIENCE = Duration.ofSeconds(3);

    private static final Set<DenialReason> NEEDS_NEW_SEED = Set.of(DenialReason.UNKNOWN_LEASE, DenialReason.BAD_TOKEN);
    private static final Set<DenialReason> EXCLUDED = Set.of(DenialReason.REVOKED, DenialReason.QUARANTINED);
    private static final Set<DenialReason> UNREACHED = Set.of(DenialReason.UNAVAILABLE, DenialReason.OVERLOADED);
    private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(1);

    /** Pauses between renewals that fail; the longest bounds how long a fleet takes to come back, and how hard it comes. */
    private static final Backoff RETRIES = new Backoff(500, 15_000, () -> RANDOM.nextDouble());

    /** Whoever is revoked stays so for long. */
    private static final long REVOKED_RETRY_MILLIS = 5_000;

    private static final long SOON_MILLIS = 50;

    /** Over so long the providers of a fleet spread when callers show them that orchestrators are back: less than a caller resends for. */
    private static final long BACK_MILLIS = 250;

    /** The room for observations in a registration: half of it, as the credential and the operations need some too. */
    private static final int TOLD_BYTES = RegistrationWire.MAX_LENGTH / 2;

    private final BusGuard guard;
    private final SecureEventBusOptions options;
    private final OrchestratorClient client;
    private volatile Holdings holdings = Holdings.none();

    // Of the holdings, what each message asks for: with thousands of members in a JVM, they are one object more to
    // fetch from memory.
    private volatile @Nullable CallerSession first;
    private volatile long leaseEnd;

    private volatile DirectoryBoxes directoryBoxes = DirectoryBoxes.none();
    private volatile SecretBytes seed = newSeed();
    private volatile boolean left;
    private volatile boolean unreached;
    private String shownAs = "";
    private volatile @Nullable MessageConsumer<Object> desk;
    private final UsedJoinToken usedJoinToken = new UsedJoinToken();
    private final Renewals renewals;
    private final HealthWatch healthWatch;
    private volatile long healthTimer = -1;
    private @Nullable Future<Void> leaving;

    Member(BusGuard guard, SecureEventBusOptions options) {
        this(guard, options, System::nanoTime);
    }

    /**
     * A member that measures its patience by a clock.
     *
     * @param nanoTime nanoseconds since whenever
     */
    Member(BusGuard guard, SecureEventBusOptions options, LongSupplier nanoTime) {
        this.guard = guard;
        this.options = new SecureEventBusOptions(options);
        this.client = new OrchestratorClient(guard.vertx(), guard.trust(), nanoTime);
        this.renewals = new Renewals(guard.vertx(), () -> time().now(), this::renew, this::pause, this::renewed);
        this.healthWatch = new HealthWatch(guard.vertx());
    }

    private static SecretBytes newSeed() {
        return SecretBytes.random(Registration.SEED_LENGTH);
    }

    TrustedTime time() {
        return guard.time();
    }

    String service() {
        return options.getService();
    }

    String instance() {
        return holdings.instance();
    }

    Set<String> provides() {
        return left ? Set.of() : holdings.provides();
    }

    Set<String> invokes() {
        return left ? Set.of() : holdings.sessions().keySet();
    }

    /** Those that it sends under. */
    Stream<ServiceToken> tokens() {
        return left ? Stream.empty() : holdings.sessions().values().stream().map(CallerSession::token);
    }

    boolean hasLeft() {
        return left;
    }

    @Nullable
    SaltedBox box(String operation, long epoch) {
        return holdings.box(operation, epoch);
    }

    @Nullable
    DirectoryBox directoryBox(String operation, long epoch) {
        return left ? null : directoryBoxes.of(operation, epoch);
    }

    /** The newest box of a directory, or null when the operation is not this member's to invoke. */
    @Nullable
    DirectoryBox newestDirectoryBox(String operation) {
        return left ? null : directoryBoxes.newest(operation);
    }

    /** Notes that a directory is sealed under a newer key than this member holds; it then renews. */
    void missedDirectory(String operation, long epoch) {
        if (!left && directoryBoxes.isBehind(operation, epoch)) {
            renewals.refresh();
        }
    }

    /** False when a message of the operation could only be refused; one that has left stays refused. */
    boolean canSealTo(@Nullable Operation operation) {
        try {
            return left || (operation != null && session(operation) != null);
        } catch (Refusal refusal) {
            return false;
        }
    }

    /** The session for an operation, if there is one whose token is alive. */
    CallerSession session(Operation operation) throws Refusal {
        return session(operation, time().now());
    }

    /** The same, for who has looked at the clock. */
    CallerSession session(Operation operation, long now) throws Refusal {
        if (left) {
            throw new Refusal(DenialReason.LEFT);
        }
        CallerSession session = sessionOf(operation.name());
        if (session == null) {
            throw new Refusal(DenialReason.NOT_INVITED);
        }
        if (session.ended() != null) {
            throw new Refusal(session.ended());
        }
        if (hasLapsed(now) || hasEnded(session, now)) {
            wake();
            throw new Refusal(DenialReason.EXPIRED);
        }
        return session;
    }

    private @Nullable CallerSession sessionOf(String operation) {
        CallerSession likely = first;
        return likely != null && likely.isFor(operation)
                ? likely
                : holdings.sessions().get(operation);
    }

    /** The backup addresses of an operation that it invokes, in order of preference; none of another. */
    List<String> failover(Operation operation) {
        CallerSession session = sessionOf(operation.name());
        return session == null ? List.of() : session.failover();
    }

    /**
     * True when the lease has ended and no orchestrator was asked since: this JVM has slept past it. It must not go on as if nothing
     * had been; whether it was revoked meanwhile, and its operations got new keys, it learns by registering anew. An orchestrator
     * that was asked in vain is another matter: what is held is good until it ends.
     */
    private boolean hasLapsed(long now) {
        long end = leaseEnd;
        return end != 0 && now >= end && !renewals.failedSince(end) && !isInOutage(now);
    }

    private boolean hasEnded(CallerSession session, long now) {
        return session.isExpiredAt(now) && !(session.grant().isInGraceAt(now, Duration.ZERO) && isInOutage(now));
    }

    /** True while orchestrators are asked in vain. One that refuses has been reached; and who slept does not know. */
    private boolean isInOutage(long now) {
        return unreached && renewals.areFailing() && renewals.failedSince(now - OutageGrace.TIME_TO_RENEW_MILLIS);
    }

    /** A timer that should have renewed has not: this JVM has slept. */
    private void wake() {
        noteHealth();
        renewals.refresh();
    }

    /**
     * Notes that a token was made with a newer key than this member holds; it then renews.
     *
     * @return done when it has, or has no need to; failed when it cannot now
     */
    Future<Void> missed(TokenGrant grant) {
        if (!isBehind(grant)) {
            return Future.succeededFuture();
        }
        Future<Void> asked = renewals.refresh();
        noteOrchestratorsBack(grant.timestamp());
        return asked.recover(failing -> renewals.sooner());
    }

    /** True when a token was made with a newer key than this member holds. */
    boolean isBehind(TokenGrant grant) {
        return !left && holdings.isBehind(grant.operation(), grant.epoch());
    }

    /** A token that was issued after orchestrators were asked in vain: who refuses it as stale need not wait out its long pause. */
    private void noteOrchestratorsBack(long issued) {
        if (unreached) {
            renewals.answeredOthers(issued, RANDOM.nextLong(BACK_MILLIS));
        }
    }

    /** Done when what the member holds may be newer than before; failed while no orchestrator is reached. */
    Future<Void> refreshed() {
        return renewals.refresh();
    }

    Health health() {
        long now = time().now();
        if (hasLapsed(now) || holdings.isOver(now, isInOutage(now))) {
            return Health.EXPIRED;
        }
        return renewals.areFailing() ? Health.DEGRADED : Health.HEALTHY;
    }

    HealthWatch healthWatch() {
        return healthWatch;
    }

    private void noteHealth() {
        healthWatch.note(health());
    }

    /** Registers under a fresh seed; fails as {@link dev.latchkey.eventbus.SecureEventBus#join} says. */
    Future<Void> register() {
        return register(options.getJoinTimeout())
                .recover(this::registerWithCorrectedClock)
                .onSuccess(renewals::granted)
                .mapEmpty();
    }

    /** A local clock that is off makes the first question look stale; its answer brought the right time. */
    private Future<Long> registerWithCorrectedClock(Throwable failure) {
        boolean looksStale =
                failure instanceof DeniedException denied && denied.reason() == DenialReason.BAD_REGISTRATION;
        return looksStale ? register(options.getJoinTimeout()) : Future.failedFuture(failure);
    }

    private Future<Long> register(Duration patience) {
        String credential = options.getCredential().get();
        if (usedJoinToken.is(credential)) {
            return Future.failedFuture(UsedJoinToken.refusal());
        }
        if (!renewSeed()) {
            return Future.failedFuture(new DeniedException(DenialReason.LEFT));
        }
        return ask(RegistrationKind.REGISTER, credential, patience)
                .onSuccess(registered -> usedJoinToken.note(credential));
    }

    /** False once it has left, as nobody would erase the new one. */
    private synchronized boolean renewSeed() {
        if (left) {
            return false;
        }
        SecretBytes old = seed;
        seed = newSeed();
        old.close();
        return true;
    }

    /** The milliseconds until the next renewal. */
    private Future<Long> ask(RegistrationKind kind, String credential, Duration patience) {
        long[] asked = new long[1];
        List<Observation> observed = guard.observations().take(service(), TOLD_BYTES);
        List<SealedFlow> sealed = kind == RegistrationKind.RENEW ? guard.flows().take(provides()) : List.of();
        Supplier<Registration> question = () -> {
            asked[0] = time().local();
            return registration(kind, credential, observed, List.of(), sealed);
        };
        return (patience.isZero() ? client.askOnce(question) : client.ask(question, patience))
                .compose(answer -> take(answer, asked[0]))
                .onFailure(failure -> {
                    guard.observations().giveBack(observed);
                    guard.flows().giveBack(sealed);
                });
    }

    /**
     * Tells an orchestrator of violations, once. Fails when none took them; one that does not believe this instance is not asked again.
     */
    Future<Void> report(List<Violation> violations) {
        return client.askOnce(() -> registration(RegistrationKind.REPORT, "", List.of(), violations, List.of()))
                .compose(Member::taken);
    }

    private static Future<Void> taken(Answer answer) {
        boolean passing =
                answer instanceof Answer.Denied denied && OrchestratorClient.PASSING.contains(denied.reason());
        return passing ? Future.failedFuture("no orchestrator took the report") : Future.succeededFuture();
    }

    private Registration registration(RegistrationKind kind, String credential, List<Observation> observed) {
        return registration(kind, credential, observed, List.of(), List.of());
    }

    private Registration registration(
            RegistrationKind kind,
            String credential,
            List<Observation> observed,
            List<Violation> violations,
            List<SealedFlow> sealed) {
        return new Registration(
                kind,
                time().now(),
                options.getService(),
                credential,
                instance(),
                options.getProvides(),
                options.getInvokes(),
                observed,
                seed,
                ThisNode.of(guard.vertx()),
                violations,
                sealed);
    }

    private Future<Long> take(Answer answer, long asked) {
        time().learn(asked, answer.orchestratorTime());
        if (!(answer instanceof Answer.Denied denied && UNREACHED.contains(denied.reason()))) {
            guard.grace().answered(time().now());
        }
        if (answer instanceof Answer.Denied denied) {
            return Future.failedFuture(new DeniedException(denied.reason(), denied.detail()));
        }
        Answer.Granted granted = (Answer.Granted) answer;
        guard.watch().answered(granted.revocations());
        return install(granted)
                .onSuccess(installed -> revoked(guard.revocations()))
                .map(granted.renewAfter());
    }

    /** Drops what is revoked, and renews soon if that brings what is honoured. Never call it with this member's lock held. */
    synchronized void revoked(Revocations revocations) {
        if (!left && holdings.drop(revocations, service(), time().now())) {
            renewals.within(soon());
        }
    }

    /** Spread a little, as all of a fleet hears of a revocation at the same moment. */
    private static long soon() {
        return RANDOM.nextLong(SOON_MILLIS);
    }

    private synchronized Future<Void> install(Answer.Granted granted) {
        if (left) {
            granted.eraseKeys();
            return Future.failedFuture(new DeniedException(DenialReason.LEFT));
        }
        String before = instance();
        guard.comes(granted.instance());
        try {
            hold(holdings.replacedBy(granted, seed, guard.tokens(), time().now()));
            if (!before.equals(instance())) {
                guard.gone(before);
            }
            directoryBoxes = directoryBoxes.replacedBy(granted.directoryKeys());
        } catch (IllegalArgumentException e) {
            if (!granted.instance().equals(instance())) {
                guard.gone(granted.instance());
            }
            return Future.failedFuture(new DeniedException(DenialReason.BAD_TOKEN, String.valueOf(e.getMessage())));
        } finally {
            granted.eraseKeys();
        }
        guard.update(this, granted.operations(), granted.unlisted());
        showTokens();
        return Future.succeededFuture();
    }

    private void hold(Holdings next) {
        holdings = next;
        leaseEnd = next.leaseEnd();
        first = next.sessions().values().stream().findFirst().orElse(null);
    }

    /** Opens the desk where providers ask for this instance's tokens, at each new name. Nothing waits for it. */
    private void showTokens() {
        String name = instance();
        if (!name.equals(shownAs) && !invokes().isEmpty()) {
            shownAs = name;
            guard.background().runOnContext(now -> {
                closeDesk();
                desk = guard.desk().open(name, id -> holdings.session(id));
            });
        }
    }

    private void closeDesk() {
        MessageConsumer<Object> open = desk;
        if (open != null) {
            open.unregister();
        }
    }

    /** The first attempt of a series is patient; those after it ask once, so that a fleet in an outage asks little. */
    private Future<Long> renew(int failures) {
        Duration patience = failures == 0 ? RENEWAL_PATIENCE : Duration.ZERO;
        return ask(RegistrationKind.RENEW, "", patience).recover(failure -> registerAnew(failure, patience));
    }

    private void renewed() {
        noteHealth();
        guard.vertx().cancelTimer(healthTimer);
        long now = time().now();
        long untilOver = holdings.end(isInOutage(now)) - now;
        if (!left && untilOver > 0) {
            healthTimer = guard.vertx().setTimer(untilOver + 1, id -> noteHealth());
        }
    }

    /** How long to wait after a failed renewal. */
    private long pause(Throwable failure, int failures) {
        noteReach(failure);
        if (!left) {
            LOG.warn("renewal of " + options.getService() + " failed, trying again: " + failure.getMessage());
        }
        return isRevocation(failure) ? REVOKED_RETRY_MILLIS : RETRIES.pause(failures);
    }

    /** An orchestrator that is cut off from its state is none. */
    private void noteReach(Throwable failure) {
        unreached = !(failure instanceof DeniedException denied) || UNREACHED.contains(denied.reason());
        if (unreached) {
            guard.grace().missed();
        }
    }

    private static boolean isRevocation(Throwable failure) {
        return failure instanceof DeniedException denied && EXCLUDED.contains(denied.reason());
    }

    /**
     * A lease that ended while this JVM was paused, or cut off, is replaced by a new one. So is a renewal whose tokens cannot be
     * used: under a fresh seed all keys are fresh.
     */
    private Future<Long> registerAnew(Throwable failure, Duration patience) {
        return !left && failure instanceof DeniedException denied && NEEDS_NEW_SEED.contains(denied.reason())
                ? register(patience)
                : Future.failedFuture(failure);
    }

    /** Ends the lease and erases all secrets; never fails. */
    synchronized Future<Void> leave() {
        if (leaving == null) {
            left = true;
            renewals.stop();
            guard.vertx().cancelTimer(healthTimer);
            guard.remove(this);
            guard.background().runOnContext(now -> closeDesk());
            leaving = farewell().eventually(this::erase);
        }
        return leaving;
    }

    private Future<Void> farewell() {
        if (instance().isEmpty()) {
            return Future.succeededFuture();
        }
        List<Observation> observed = guard.observations().take(service(), TOLD_BYTES);
        return client.ask(() -> registration(RegistrationKind.LEAVE, "", observed), LEAVE_PATIENCE)
                .onFailure(failure -> guard.observations().giveBack(observed))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    private Future<Void> erase() {
        holdings.close();
        directoryBoxes.close();
        seed.close();
        guard.failUnanswerable();
        return Future.succeededFuture();
    }
}
