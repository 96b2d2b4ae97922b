// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.Notice;
import dev.latchkey.eventbus.registration.RegistrationWire;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.orchestrator.credential.DeployerJwt;
import dev.latchkey.orchestrator.issue.Registrar;
import dev.latchkey.orchestrator.issue.Revoker;
import dev.latchkey.orchestrator.issue.Tally;
import dev.latchkey.orchestrator.observe.Traffic;
import dev.latchkey.orchestrator.observe.TrafficKeeper;
import dev.latchkey.orchestrator.policy.OperationPolicy;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.state.KeyLines;
import dev.latchkey.orchestrator.state.Leases;
import dev.latchkey.orchestrator.state.RevocationList;
import dev.latchkey.orchestrator.state.SealedMap;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An orchestrator: registers instances, issues their tokens, renews them, rotates the provider keys.
 *
 * <p>Deploy one on any node, or several on several nodes: they share their state, any of them answers any instance, and none
 * leads. The verticle itself is on the plain bus, since what it says is sealed by other means.
 */
public final class OrchestratorVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.orchestrator");
    private static final long MAX_TICK_MILLIS = 1_000;

    /** Added to the time in which every provider renews: a renewal that has to ask twice. */
    private static final long SETTLING_MILLIS = 2_000;

    private static final int TICKS_PER_INTERVAL = 4;

    private final OrchestratorOptions options;
    private final Tally tally = new Tally();
    private final Map<String, Long> activeEpochs = new HashMap<>();
    private volatile @Nullable TrafficKeeper observations;
    private volatile @Nullable Revoker revoker;
    private volatile @Nullable KeyLines keyLines;
    private boolean cutOff;

    /** An orchestrator with these options. */
    public OrchestratorVerticle(OrchestratorOptions options) {
        this.options = options;
    }

    /** What it has done so far. Callable from any thread. */
    public Tally.Snapshot tally() {
        return tally.snapshot();
    }

    /** What instances told of plaintext, once it has started; nothing before. Callable from any thread. */
    public Traffic observed() {
        TrafficKeeper keeper = observations;
        return keeper == null ? new Traffic() : keeper.traffic();
    }

    /**
     * Revokes one instance: its tokens are refused, and its lease cannot be renewed. The operations that it provided get new keys at
     * once; what is under way to them under the old ones is refused with {@link DenialReason#STALE_EPOCH}. Its service may
     * register other instances, so whoever holds its credential can: if that may be stolen, revoke the service. Callable from any thread, once this has started.
     *
     * @param instance as {@link dev.latchkey.eventbus.SecureEventBus#instance} names it
     * @return the number of the notice, when it was published; fails when this has not started, or its state cannot be reached
     */
    public Future<Long> revokeInstance(String instance) {
        return revoke(revoker -> revoker.instance(instance));
    }

    /**
     * Revokes all instances of a service, as {@link #revokeInstance} does, and refuses new ones for a time.
     *
     * @param time how long no instance of it may register; the lifetime of what it holds at least
     */
    public Future<Long> revokeService(String service, Duration time) {
        return revoke(revoker -> revoker.service(service, time));
    }

    /**
     * Rotates the keys of operations before their time, for a reason that is no breach. The next key becomes active as soon as every
     * provider has it, which is half of a lease from now at most; no message is lost. Callable from any thread, once this has started.
     *
     * @param operations their names; none stands for all
     * @return done when the shared state has it
     */
    public Future<Void> rotate(Set<String> operations) {
        KeyLines started = keyLines;
        Policy policy = options.getPolicy();
        long settled = policy.leaseDuration().toMillis() / 2 + SETTLING_MILLIS;
        return started == null
                ? notStarted()
                : onContext(() ->
                        started.hasten(named(operations), options.getClock().millis() + settled));
    }

    /**
     * Replaces the keys of operations at once, prepared ones included, as for a provider key that has leaked. What is under way under
     * the old keys is refused with {@link DenialReason#STALE_EPOCH}; the library sends requests again. Callable from any thread, once
     * this has started.
     *
     * @param operations their names; none stands for all
     * @return the number of the notice, when it was published
     */
    public Future<Long> rotateNow(Set<String> operations) {
        return revoke(revoker -> revoker.rotate(named(operations)));
    }

    private Set<String> named(Set<String> operations) {
        Set<String> known = options.getPolicy().operations().keySet();
        operations.stream().filter(name -> !known.contains(name)).forEach(name -> {
            throw new IllegalArgumentException("policy has no operation '" + name + "'; name one of " + known);
        });
        return operations.isEmpty() ? known : operations;
    }

    private static <T> Future<T> notStarted() {
        return Future.failedFuture(new IllegalStateException("the orchestrator has not started"));
    }

    private <T> Future<T> onContext(Supplier<Future<T>> action) {
        Promise<T> done = Promise.promise();
        context.runOnContext(
                now -> Future.succeededFuture().compose(ignored -> action.get()).onComplete(done));
        return done.future();
    }

    private Future<Long> revoke(Function<Revoker, Future<Revocations>> revocation) {
        Revoker started = revoker;
        return started == null
                ? notStarted()
                : onContext(() -> revocation.apply(started).map(Revocations::number));
    }

    @Override
    public Future<?> start() {
        return TrafficKeeper.open(vertx, options.getObservations()).compose(keeper -> {
            observations = keeper;
            return start(keeper);
        });
    }

    private Future<?> start(TrafficKeeper keeper) {
        SecretBytes stateKey = options.getKeys().state();
        Future<SealedMap> keyMap = SealedMap.open(vertx, "keylines", stateKey);
        Future<SealedMap> leaseMap = SealedMap.open(vertx, "leases", stateKey);
        Future<SealedMap> seenMap = SealedMap.open(vertx, "seen", stateKey);
        Future<SealedMap> revocationMap = SealedMap.open(vertx, "revocations", stateKey);
        return Future.all(keyMap, leaseMap, seenMap, revocationMap)
                .compose(maps -> start(
                        new KeyLines(keyMap.result(), options.getPolicy(), options.getClock()),
                        new Leases(leaseMap.result(), options.getClock()),
                        new RevocationList(revocationMap.result(), options.getClock()),
                        seenMap.result(),
                        keeper));
    }

    private Future<?> start(
            KeyLines lines, Leases leases, RevocationList revocations, SealedMap seen, TrafficKeeper keeper) {
        Policy policy = options.getPolicy();
        Clock clock = options.getClock();
        DeployerJwt credentials = new DeployerJwt(vertx, options.getDeployer(), policy.trustDomain(), clock);
        Registrar registrar = new Registrar(
                options.getKeys(), policy, credentials, leases, lines, revocations, seen, clock, tally, keeper.log());
        keyLines = lines;
        revoker = new Revoker(
                vertx, policy, lines, leases, revocations, options.getKeys().signing(), clock);
        return Future.all(lines.advanceAll(), revocations.current()).compose(ready -> {
            noteRotations(lines);
            vertx.setPeriodic(tickMillis(policy), id -> tick(lines));
            // Another orchestrator may have replaced keys.
            vertx.eventBus().<Object>consumer(Notice.ADDRESS, notice -> heard(notice.body(), lines, revocations));
            return vertx.eventBus()
                    .<Object>consumer(RegistrationWire.ADDRESS, question -> answer(registrar, question))
                    .completion();
        });
    }

    private static long tickMillis(Policy policy) {
        return policy.operations().values().stream()
                .map(OperationPolicy::rotationInterval)
                .mapToLong(Duration::toMillis)
                .map(interval -> interval / TICKS_PER_INTERVAL)
                .reduce(MAX_TICK_MILLIS, Math::min);
    }

    /** Looks at the shared state sooner; what was published is not believed, so it needs no check but that of its number. */
    private void heard(Object notice, KeyLines lines, RevocationList revocations) {
        if (Notice.claimedNumber(notice) > revocations.known().number()) {
            revocations.current().onSuccess(current -> tick(lines));
        }
    }

    private void tick(KeyLines lines) {
        lines.advanceAll()
                .onSuccess(done -> {
                    cutOff = false;
                    noteRotations(lines);
                })
                .onFailure(this::noteCutOff);
    }

    /** Said once, however often it is found. */
    private void noteCutOff(Throwable failure) {
        if (!cutOff) {
            LOG.warn("the shared state cannot be reached: nothing is issued or extended until it can", failure);
        }
        cutOff = true;
    }

    private void noteRotations(KeyLines lines) {
        long now = options.getClock().millis();
        for (String operation : options.getPolicy().operations().keySet()) {
            long epoch = lines.line(operation).active(now).epoch();
            Long before = activeEpochs.put(operation, epoch);
            if (before != null && before != epoch) {
                tally.rotated();
                LOG.info("rotated " + operation + ": epoch " + epoch + " is active");
            }
        }
    }

    private static void answer(Registrar registrar, Message<Object> question) {
        if (!(question.body() instanceof Buffer sealed) || sealed.length() > RegistrationWire.MAX_LENGTH) {
            refuse(question);
            return;
        }
        registrar.answer(sealed).onSuccess(question::reply).onFailure(failure -> refuse(question));
    }

    private static void refuse(Message<?> question) {
        question.fail(DenialReason.BAD_REGISTRATION.code(), DenialReason.BAD_REGISTRATION.text());
    }

    @Override
    public Future<?> stop() {
        options.getKeys().close();
        TrafficKeeper keeper = observations;
        return keeper == null ? Future.succeededFuture() : keeper.close();
    }
}
