// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.OrchestratorClient;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.eventbus.registration.RegistrationWire;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.eventbus.token.Validity;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
    private static final Duration RENEWAL_PATIENCE = Duration.ofSeconds(5);

    private static final Set<DenialReason> NEEDS_NEW_SEED = Set.of(DenialReason.UNKNOWN_LEASE, DenialReason.BAD_TOKEN);
    private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(1);
    private static final long RETRY_MILLIS = 250;

    /** Whoever is revoked stays so for long. */
    private static final long REVOKED_RETRY_MILLIS = 5_000;

    private static final long SOON_MILLIS = 50;

    /** The room for observations in a registration: half of it, as the credential and the operations need some too. */
    private static final int TOLD_BYTES = RegistrationWire.MAX_LENGTH / 2;

    private final BusGuard guard;
    private final SecureEventBusOptions options;
    private final OrchestratorClient client;
    private volatile Holdings holdings = Holdings.none();
    private volatile SecretBytes seed = newSeed();
    private volatile boolean left;
    private String shownAs = "";
    private volatile @Nullable MessageConsumer<Object> desk;
    private volatile long timer = -1;
    private final UsedJoinToken usedJoinToken = new UsedJoinToken();
    private boolean renewAgain;
    private @Nullable Future<Void> leaving;

    Member(BusGuard guard, SecureEventBusOptions options) {
        this.guard = guard;
        this.options = new SecureEventBusOptions(options);
        this.client = new OrchestratorClient(guard.vertx(), guard.trust());
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

    boolean hasLeft() {
        return left;
    }

    @Nullable
    SaltedBox box(String operation, long epoch) {
        return holdings.box(operation, epoch);
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
        if (left) {
            throw new Refusal(DenialReason.LEFT);
        }
        CallerSession session = holdings.sessions().get(operation.name());
        if (session == null) {
            throw new Refusal(DenialReason.NOT_INVITED);
        }
        if (session.ended() != null) {
            throw new Refusal(session.ended());
        }
        if (session.token().validityAt(time().now(), Duration.ZERO) == Validity.EXPIRED) {
            throw new Refusal(DenialReason.EXPIRED);
        }
        return session;
    }

    /** Registers under a fresh seed; fails as {@link dev.latchkey.eventbus.SecureEventBus#join} says. */
    Future<Void> register() {
        return register(options.getJoinTimeout()).recover(this::registerWithCorrectedClock);
    }

    /** A local clock that is off makes the first question look stale; its answer brought the right time. */
    private Future<Void> registerWithCorrectedClock(Throwable failure) {
        boolean looksStale =
                failure instanceof DeniedException denied && denied.reason() == DenialReason.BAD_REGISTRATION;
        return looksStale ? register(options.getJoinTimeout()) : Future.failedFuture(failure);
    }

    private Future<Void> register(Duration patience) {
        String credential = options.getCredential().get();
        if (usedJoinToken.is(credential)) {
            return Future.failedFuture(UsedJoinToken.refusal());
        }
        SecretBytes fresh = newSeed();
        SecretBytes old = seed;
        seed = fresh;
        old.close();
        return ask(RegistrationKind.REGISTER, credential, patience)
                .onSuccess(registered -> usedJoinToken.note(credential));
    }

    private Future<Void> ask(RegistrationKind kind, String credential, Duration patience) {
        long[] asked = new long[1];
        List<Observation> observed = guard.observations().take(service(), TOLD_BYTES);
        return client.ask(
                        () -> {
                            asked[0] = time().local();
                            return registration(kind, credential, observed);
                        },
                        patience)
                .compose(answer -> take(answer, asked[0]))
                .onFailure(failure -> guard.observations().giveBack(observed));
    }

    private Registration registration(RegistrationKind kind, String credential, List<Observation> observed) {
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
                ThisNode.of(guard.vertx()));
    }

    private Future<Void> take(Answer answer, long asked) {
        time().learn(asked, answer.orchestratorTime());
        if (answer instanceof Answer.Denied denied) {
            return Future.failedFuture(new DeniedException(denied.reason(), denied.detail()));
        }
        Answer.Granted granted = (Answer.Granted) answer;
        guard.watch().answered(granted.revocations());
        return install(granted).onSuccess(installed -> revoked(guard.revocations()));
    }

    /** Drops what is revoked, and renews soon if that brings what is honoured. Never call it with this member's lock held. */
    synchronized void revoked(Revocations revocations) {
        if (!left && holdings.drop(revocations, service(), time().now())) {
            renewSoon();
        }
    }

    private void renewSoon() {
        if (guard.vertx().cancelTimer(timer)) {
            renewIn(soon());
        } else {
            // A renewal is under way, and may bring what was so before.
            renewAgain = true;
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
        try {
            holdings = holdings.replacedBy(granted, seed, guard.tokens(), time().now());
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(new DeniedException(DenialReason.BAD_TOKEN, String.valueOf(e.getMessage())));
        } finally {
            granted.eraseKeys();
        }
        guard.update(this, granted.operations(), granted.unlisted());
        renewIn(renewAgain ? soon() : granted.renewAfter());
        renewAgain = false;
        showTokens();
        return Future.succeededFuture();
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

    private void renewIn(long millis) {
        timer = guard.vertx().setTimer(Math.max(1, millis), id -> renew());
    }

    private void renew() {
        ask(RegistrationKind.RENEW, "", RENEWAL_PATIENCE)
                .recover(this::registerAnew)
                .onFailure(failure -> {
                    if (!left) {
                        LOG.warn("renewal of " + options.getService() + " failed, trying again: "
                                + failure.getMessage());
                        renewIn(isRevocation(failure) ? REVOKED_RETRY_MILLIS : RETRY_MILLIS);
                    }
                });
    }

    private static boolean isRevocation(Throwable failure) {
        return failure instanceof DeniedException denied && denied.reason() == DenialReason.REVOKED;
    }

    /**
     * A lease that ended while this JVM was paused, or cut off, is replaced by a new one. So is a renewal whose tokens cannot be
     * used: under a fresh seed all keys are fresh.
     */
    private Future<Void> registerAnew(Throwable failure) {
        return !left && failure instanceof DeniedException denied && NEEDS_NEW_SEED.contains(denied.reason())
                ? register(RENEWAL_PATIENCE)
                : Future.failedFuture(failure);
    }

    /** Ends the lease and erases all secrets; never fails. */
    synchronized Future<Void> leave() {
        if (leaving == null) {
            left = true;
            guard.vertx().cancelTimer(timer);
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
        seed.close();
        guard.failUnanswerable();
        return Future.succeededFuture();
    }
}
