// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.Metrics;
import dev.latchkey.eventbus.count.Timing;
import dev.latchkey.eventbus.crypto.CipherProvider;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.Notice;
import dev.latchkey.eventbus.registration.Quarantine;
import dev.latchkey.eventbus.registration.RegistrationWire;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.orchestrator.admin.Control;
import dev.latchkey.orchestrator.audit.AuditLog;
import dev.latchkey.orchestrator.audit.AuditOptions;
import dev.latchkey.orchestrator.audit.ChainedAuditLog;
import dev.latchkey.orchestrator.breach.BreachCounts;
import dev.latchkey.orchestrator.breach.BreachWatch;
import dev.latchkey.orchestrator.credential.CredentialVerifier;
import dev.latchkey.orchestrator.credential.Credentials;
import dev.latchkey.orchestrator.credential.DeployerJwt;
import dev.latchkey.orchestrator.credential.JoinToken;
import dev.latchkey.orchestrator.credential.KubernetesOptions;
import dev.latchkey.orchestrator.credential.ServiceAccountToken;
import dev.latchkey.orchestrator.credential.SpentCredentials;
import dev.latchkey.orchestrator.directory.Directory;
import dev.latchkey.orchestrator.issue.AuditTrail;
import dev.latchkey.orchestrator.issue.Quarantiner;
import dev.latchkey.orchestrator.issue.Registrar;
import dev.latchkey.orchestrator.issue.Revoker;
import dev.latchkey.orchestrator.issue.Tally;
import dev.latchkey.orchestrator.limit.QuestionLimit;
import dev.latchkey.orchestrator.notice.Noticed;
import dev.latchkey.orchestrator.notice.Recent;
import dev.latchkey.orchestrator.observe.Traffic;
import dev.latchkey.orchestrator.observe.TrafficKeeper;
import dev.latchkey.orchestrator.observe.TrafficLog;
import dev.latchkey.orchestrator.policy.OperationPolicy;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.state.KeyEpoch;
import dev.latchkey.orchestrator.state.KeyLines;
import dev.latchkey.orchestrator.state.Lease;
import dev.latchkey.orchestrator.state.Leases;
import dev.latchkey.orchestrator.state.OffenceBook;
import dev.latchkey.orchestrator.state.RevocationList;
import dev.latchkey.orchestrator.state.Rotation;
import dev.latchkey.orchestrator.state.SealedMap;
import dev.latchkey.orchestrator.watch.ClusterWatch;
import dev.latchkey.orchestrator.watch.VertxClusterView;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
    private static final long FORGET_MILLIS = 60_000;

    /** Added to the time in which every provider renews: a renewal that has to ask twice. */
    private static final long SETTLING_MILLIS = 2_000;

    private static final int TICKS_PER_INTERVAL = 4;

    /** How often changes of the directory are told. */
    private static final long DIRECTORY_MILLIS = 100;

    private static final long QUORUM_PAUSE_MILLIS = 500;

    /** How long one that stops waits for what is under way, should the shared state not answer. */
    private static final long FAREWELL_MILLIS = 5_000;

    private static final int ROTATIONS_REMEMBERED = 200;

    private final OrchestratorOptions options;
    private volatile Policy policy;
    private final Tally tally = new Tally();
    private final Noticed noticed;
    private final Recent<Rotation> rotations = new Recent<>(ROTATIONS_REMEMBERED);
    private final BreachCounts breachCounts = new BreachCounts();
    private final Timing rotationTimes = new Timing();
    private final Metrics metrics;
    private final QuestionLimit limit;
    private volatile LongSupplier leaseCount = () -> 0;
    private final Map<String, Long> activeEpochs = new HashMap<>();
    private volatile @Nullable TrafficKeeper observations;
    private volatile @Nullable Revoker revoker;
    private volatile @Nullable RevocationList revocationList;
    private volatile @Nullable KeyLines keyLines;
    private volatile @Nullable Leases leases;
    private volatile @Nullable Directory directory;
    private volatile List<SealedMap> maps = List.of();

    /** On the verticle's context, as are those below. */
    private @Nullable Duties duties;

    private @Nullable ClusterWatch clusterWatch;
    private long ticker = -1;
    private boolean changing;
    private final UnderWay underWay = new UnderWay();
    private volatile AuditLog audit = AuditLog.none();
    private final List<MessageConsumer<Object>> consumers = new ArrayList<>();
    private final List<Long> timers = new ArrayList<>();
    private final AuditRecords records = new AuditRecords(() -> audit);
    private boolean cutOff;

    private boolean looking;

    /** An orchestrator with these options. */
    public OrchestratorVerticle(OrchestratorOptions options) {
        this.options = options;
        this.policy = options.getPolicy();
        this.noticed = new Noticed(options.getClock());
        this.metrics = OrchestratorMetrics.of(
                tally,
                noticed,
                breachCounts,
                new OrchestratorMetrics.Readings(
                        () -> leaseCount.getAsLong(), this::epochAge, rotationTimes, () -> audit.lost()));
        this.limit = new QuestionLimit(
                options.getQuestionsPerSecond(),
                options.getRegistrationsPerSecondOfService(),
                options.getPolicy().services().keySet(),
                options.getClock(),
                noticed);
    }

    private long epochAge() {
        KeyLines lines = keyLines;
        return lines == null ? 0 : lines.oldestActive();
    }

    /** How many alarms were raised so far, by kind. A snapshot. Callable from any thread. */
    public Map<Alarm, Long> alarms() {
        return noticed.alarms();
    }

    /** Its metrics. Always the same object, with live numbers. Callable from any thread. */
    public Metrics metrics() {
        return metrics;
    }

    /**
     * What an admin API beside it may see and do. Callable from any thread; until this has started, what it asks of the shared state
     * fails.
     */
    public Control control() {
        return new OrchestratorControl(this, options, tally, noticed, rotations);
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

    /** Where it records what it decides; also for whoever acts on it. Keeps nothing before this has started, or without settings. */
    public AuditLog audit() {
        return audit;
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
        return revoke(revoker -> revoker.instance(instance))
                .onSuccess(notice -> records.revoked("instance", instance, notice));
    }

    /**
     * Revokes all instances of a service, as {@link #revokeInstance} does, and refuses new ones for a time.
     *
     * @param time how long no instance of it may register; the lifetime of what it holds at least
     */
    public Future<Long> revokeService(String service, Duration time) {
        return revoke(revoker -> revoker.service(service, time))
                .onSuccess(notice -> records.revoked("service", service, notice));
    }

    /**
     * Ends a quarantine before its time: the instance may register anew, and so may all with its credential. Callable from any thread, once
     * this has started.
     *
     * @param name of an instance or a credential's bearer, as {@link #quarantined} tells it
     * @return the number of the notice, when it was published; fails with an {@link IllegalArgumentException} when nobody of that name is
     *     quarantined
     */
    public Future<Long> liftQuarantine(String name) {
        return revoke(revoker -> revoker.lift(name)).onSuccess(notice -> records.lifted(name, notice));
    }

    /**
     * Who is quarantined, and until when. Callable from any thread, once this has started.
     *
     * @return by name: of instances 16 hex digits, of the bearers of credentials 32
     */
    public Future<Map<String, Instant>> quarantined() {
        RevocationList started = revocationList;
        return started == null
                ? notStarted()
                : onContext(() -> started.current().map(this::quarantined));
    }

    private Map<String, Instant> quarantined(Revocations revocations) {
        Map<String, Instant> all = new HashMap<>();
        Quarantine quarantine = revocations.quarantine();
        quarantine.instances().forEach((name, entry) -> all.put(name, Instant.ofEpochMilli(entry.until())));
        quarantine.credentials().forEach((name, until) -> all.put(name, Instant.ofEpochMilli(until)));
        all.values().removeIf(until -> !until.isAfter(options.getClock().instant()));
        return Map.copyOf(all);
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
        long settled = policy.leaseDuration().toMillis() / 2 + SETTLING_MILLIS;
        return started == null
                ? notStarted()
                : onContext(() -> started.hasten(
                                named(operations), options.getClock().millis() + settled))
                        .onSuccess(done -> records.rotated("HASTENED", operations));
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
        return revoke(revoker -> revoker.rotate(named(operations)))
                .onSuccess(notice -> records.rotated("REPLACED", operations));
    }

    private Set<String> named(Set<String> operations) {
        Set<String> known = policy.operations().keySet();
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

    /**
     * The keys of an operation that this orchestrator knows now: of each epoch, a fingerprint that tells its key from others and gives
     * nothing of it away. Two orchestrators of one history never tell different fingerprints of one epoch. Callable from any thread.
     *
     * @param operation one of policy
     * @return fails when this has not started, or policy has no such operation
     */
    public Future<Map<Long, String>> keyFingerprints(String operation) {
        KeyLines started = keyLines;
        if (started == null || !policy.operations().containsKey(operation)) {
            return Future.failedFuture(
                    new IllegalArgumentException("no keys of operation '" + operation + "' are known here"));
        }
        return onContext(() -> Future.succeededFuture(started.line(operation).epochs().stream()
                .collect(Collectors.toUnmodifiableMap(KeyEpoch::epoch, KeyEpoch::fingerprint))));
    }

    @Override
    public Future<?> start() {
        String cipher = CipherProvider.require(LOG::warn);
        LOG.debug("AES-GCM of " + cipher);
        return openAudit()
                .compose(opened -> TrafficKeeper.open(vertx, options.getObservations()))
                .compose(keeper -> {
                    observations = keeper;
                    return start(keeper);
                })
                .onSuccess(started -> records.started(policy))
                // What did not start is not stopped either, and its folder would stay locked.
                .recover(failure -> audit.close().transform(closed -> Future.failedFuture(failure)));
    }

    private Future<Void> openAudit() {
        AuditOptions settings = options.getAudit();
        String trustDomain = options.getPolicy().trustDomain();
        return settings == null
                ? Future.succeededFuture()
                : ChainedAuditLog.open(
                                vertx, settings, options.getKeys().signing(), trustDomain, options.getClock(), noticed)
                        .map(opened -> {
                            audit = opened;
                            noticed.listen(records::alarm);
                            return null;
                        });
    }

    private Future<?> start(TrafficKeeper keeper) {
        SecretBytes stateKey = options.getKeys().state();
        Future<SealedMap> keyMap = SealedMap.open(vertx, "keylines", stateKey, noticed);
        Future<SealedMap> leaseMap = SealedMap.open(vertx, "leases", stateKey, noticed);
        Future<SealedMap> seenMap = SealedMap.open(vertx, "seen", stateKey, noticed);
        Future<SealedMap> revocationMap = SealedMap.open(vertx, "revocations", stateKey, noticed);
        Future<SealedMap> spentMap = SealedMap.open(vertx, "spent", stateKey, noticed);
        Future<SealedMap> breachMap = SealedMap.open(vertx, "breaches", stateKey, noticed);
        return Future.all(keyMap, leaseMap, seenMap, revocationMap, spentMap, breachMap)
                .onSuccess(opened -> maps = opened.list())
                .compose(opened -> start(
                        new KeyLines(keyMap.result(), policy, options.getClock(), rotationTimes),
                        new Leases(leaseMap.result(), options.getClock()),
                        new RevocationList(revocationMap.result(), options.getClock()),
                        seenMap.result(),
                        new SpentCredentials(spentMap.result(), vertx, options.getClock()),
                        new OffenceBook(breachMap.result()),
                        keeper));
    }

    private Future<?> start(
            KeyLines lines,
            Leases leases,
            RevocationList revocations,
            SealedMap seen,
            SpentCredentials spent,
            OffenceBook offences,
            TrafficKeeper keeper) {
        AuditTrail trail = new AuditTrail(audit, options.getClock());
        Means means = new Means(
                lines, leases, revocations, seen, new Credentials(verifiers(), spent), offences, keeper.log(), trail);
        leaseCount = () -> leases.known().size();
        keyLines = lines;
        revocationList = revocations;
        this.leases = leases;
        Directory known = new Directory(vertx, policy, leases, lines, options.getKeys(), options.getClock(), noticed);
        takeUp(duties(policy, means));
        return spent.listen()
                .compose(listening -> inQuorum(() -> Future.all(lines.advanceAll(), revocations.current())))
                .compose(ready -> {
                    noteRotations(lines);
                    tickAtPaceOf(policy, lines);
                    watchCluster(leases, known);
                    every(DIRECTORY_MILLIS, known::tell);
                    every(MAX_TICK_MILLIS, trail::tellUntold);
                    every(FORGET_MILLIS, spent::forgetEnded);
                    every(FORGET_MILLIS, () -> underWay.add(onDuty().breaches().forgetEnded()));
                    // Another orchestrator may have replaced keys.
                    consume(Notice.ADDRESS, notice -> heard(notice.body(), lines, revocations));
                    return known.open();
                })
                .compose(open -> {
                    directory = known;
                    return consume(RegistrationWire.ADDRESS, question -> answer(onDuty().registrar(), question));
                });
    }

    /** What stays the same whatever policy says. */
    private record Means(
            KeyLines lines,
            Leases leases,
            RevocationList revocations,
            SealedMap seen,
            Credentials credentials,
            OffenceBook offences,
            TrafficLog observed,
            AuditTrail trail) {}

    /** What is done by one policy: it is replaced whole, so that no question is judged by two. */
    private record Duties(Policy policy, Means means, Revoker revoker, BreachWatch breaches, Registrar registrar) {}

    private Duties duties(Policy by, Means means) {
        Clock clock = options.getClock();
        Revoker revokes = new Revoker(
                vertx,
                by,
                means.lines(),
                means.leases(),
                means.revocations(),
                options.getKeys().signing(),
                clock);
        BreachWatch breaches = new BreachWatch(
                by,
                means.leases(),
                means.offences(),
                records.of(new Quarantiner(
                        revokes, means.revocations(), by.breach().quarantineFor(), clock, noticed)),
                noticed,
                breachCounts,
                clock);
        Registrar registrar = new Registrar(
                options.getKeys(),
                by,
                means.credentials(),
                means.leases(),
                means.lines(),
                means.revocations(),
                means.seen(),
                clock,
                tally,
                means.observed(),
                limit,
                breaches,
                means.trail());
        return new Duties(by, means, revokes, breaches, registrar);
    }

    private void takeUp(Duties next) {
        duties = next;
        policy = next.policy();
        revoker = next.revoker();
    }

    private Duties onDuty() {
        return Objects.requireNonNull(duties);
    }

    private void tickAtPaceOf(Policy by, KeyLines lines) {
        vertx.cancelTimer(ticker);
        timers.remove(ticker);
        ticker = every(tickMillis(by), () -> tick(lines));
    }

    /** The policy that is in force. */
    Policy policy() {
        return policy;
    }

    /**
     * Goes by another policy from now on, all of it or nothing: the keys of its operations are there before the first question is
     * judged by it.
     *
     * @return fails with an {@link IllegalArgumentException} for a policy that needs a restart, and when the shared state cannot be reached
     */
    Future<Void> follow(Policy next) {
        return keyLines == null
                ? notStarted()
                : onContext(() -> {
                    options.requireFits(next);
                    if (changing) {
                        return Future.failedFuture(new IllegalStateException("policy is being changed already"));
                    }
                    changing = true;
                    return change(onDuty(), next).onComplete(done -> changing = false);
                });
    }

    private Future<Void> change(Duties before, Policy next) {
        KeyLines lines = before.means().lines();
        lines.follow(next);
        return underWay.add(lines.advanceAll())
                .onFailure(failure -> lines.follow(before.policy()))
                .map(ready -> {
                    goBy(next, before.means());
                    return null;
                });
    }

    private void goBy(Policy next, Means means) {
        limit.follow(next.services().keySet());
        takeUp(duties(next, means));
        ClusterWatch watch = clusterWatch;
        if (watch != null) {
            watch.follow(next);
        }
        Directory known = directory;
        if (known != null) {
            underWay.add(known.follow(next))
                    .onFailure(failure -> LOG.warn(
                            "the directory of providers does not follow the new policy yet; reload it again", failure));
        }
        activeEpochs.keySet().retainAll(next.operations().keySet());
        tickAtPaceOf(next, means.lines());
        records.loaded(next);
        LOG.info("policy was changed: " + next.operations().size() + " operations, "
                + next.services().size() + " services");
    }

    /** The leases of who is not revoked, so many at most: those of a service that is stay in the map until they are over. */
    Future<Map<String, Lease>> leases(int most) {
        Leases started = leases;
        RevocationList list = revocationList;
        return started == null || list == null
                ? notStarted()
                : onContext(() -> list.current()
                        .compose(revoked -> started.byInstance(most).map(found -> withoutRevoked(found, revoked))));
    }

    private Map<String, Lease> withoutRevoked(Map<String, Lease> found, Revocations revoked) {
        long now = options.getClock().millis();
        Map<String, Lease> living = new LinkedHashMap<>(found);
        living.entrySet()
                .removeIf(entry ->
                        revoked.revokes(entry.getKey(), entry.getValue().service(), now));
        return living;
    }

    /** What is revoked now: a look at the shared state. */
    Future<Revocations> revocations() {
        RevocationList started = revocationList;
        return started == null ? notStarted() : onContext(started::current);
    }

    /** The keys that are known here, by operation. */
    Map<String, List<KeyEpoch>> epochs() {
        KeyLines started = keyLines;
        return started == null ? Map.of() : started.known();
    }

    /** Reads what blocks. */
    <T> Future<T> read(Callable<T> file) {
        return vertx.executeBlocking(file);
    }

    /**
     * A node that starts before the others waits for them, as nothing can be read without a quorum, and some node has to be the first.
     * What else goes wrong stops the start.
     */
    private <T> Future<T> inQuorum(Supplier<Future<T>> read) {
        return read.get().recover(failure -> {
            if (!isWantOfQuorum(failure)) {
                return Future.failedFuture(failure);
            }
            noteCutOff(failure);
            return vertx.timer(QUORUM_PAUSE_MILLIS).compose(waited -> inQuorum(read));
        });
    }

    private static boolean isWantOfQuorum(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof SplitBrainProtectionException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    private long every(long millis, Runnable action) {
        long timer = vertx.setPeriodic(millis, id -> action.run());
        timers.add(timer);
        return timer;
    }

    private Future<Void> consume(String address, Handler<Message<Object>> handler) {
        MessageConsumer<Object> consumer = vertx.eventBus().consumer(address, handler);
        consumers.add(consumer);
        return consumer.completion();
    }

    private List<CredentialVerifier> verifiers() {
        String trustDomain = options.getPolicy().trustDomain();
        Clock clock = options.getClock();
        List<CredentialVerifier> verifiers = new ArrayList<>(options.getCredentialVerifiers());
        verifiers.add(new DeployerJwt(options.getDeployer(), trustDomain, clock));
        verifiers.add(new JoinToken(options.getDeployer(), trustDomain, clock));
        KubernetesOptions kubernetes = options.getKubernetes();
        if (kubernetes != null) {
            verifiers.add(new ServiceAccountToken(vertx, kubernetes, clock));
        }
        return verifiers;
    }

    private void watchCluster(Leases leases, Directory known) {
        VertxClusterView.of(vertx)
                .map(view -> new ClusterWatch(view, policy, leases, known::providers, noticed))
                .ifPresent(watch -> {
                    clusterWatch = watch;
                    every(options.getWatchInterval().toMillis(), () -> look(watch));
                });
    }

    private static void look(ClusterWatch watch) {
        watch.look().onFailure(failure -> LOG.warn("the cluster could not be looked at, trying again", failure));
    }

    private static long tickMillis(Policy policy) {
        return policy.operations().values().stream()
                .map(OperationPolicy::rotationInterval)
                .mapToLong(Duration::toMillis)
                .map(interval -> interval / TICKS_PER_INTERVAL)
                .reduce(MAX_TICK_MILLIS, Math::min);
    }

    /**
     * Looks at the shared state sooner; what was published is not believed, so it needs no check but that of its number. One
     * look at a time, or a flood of forged notices would have the state read as often. What comes meanwhile is not lost: the
     * next tick and the next registration look too.
     */
    private void heard(Object notice, KeyLines lines, RevocationList revocations) {
        if (looking || Notice.claimedNumber(notice) <= revocations.known().number()) {
            return;
        }
        looking = true;
        underWay.add(revocations.current().compose(current -> tick(lines))).onComplete(done -> looking = false);
    }

    private Future<Void> tick(KeyLines lines) {
        return underWay.add(lines.advanceAll())
                .onSuccess(done -> {
                    cutOff = false;
                    lines.forgetOthers();
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
        for (String operation : policy.operations().keySet()) {
            KeyEpoch active = lines.line(operation).active(now);
            long epoch = active.epoch();
            Long before = activeEpochs.put(operation, epoch);
            if (before != null && before != epoch) {
                tally.rotated();
                rotations.add(new Rotation(operation, epoch, Instant.ofEpochMilli(active.activeFrom())));
                records.active(operation, epoch);
                LOG.info("rotated " + operation + ": epoch " + epoch + " is active");
            }
        }
    }

    private void answer(Registrar registrar, Message<Object> question) {
        if (!(question.body() instanceof Buffer sealed)) {
            refuse(question, DenialReason.BAD_REGISTRATION);
        } else if (sealed.length() > RegistrationWire.MAX_LENGTH) {
            noticed.hit(Bound.QUESTION_SIZE);
            refuse(question, DenialReason.BAD_REGISTRATION);
        } else if (limit.begin()) {
            underWay.add(registrar.answer(sealed))
                    .onComplete(done -> limit.end())
                    .onSuccess(question::reply)
                    .onFailure(failure -> refuse(question, DenialReason.BAD_REGISTRATION));
        } else {
            tally.overloaded();
            refuse(question, DenialReason.OVERLOADED);
        }
    }

    private static void refuse(Message<?> question, DenialReason reason) {
        question.fail(reason.code(), reason.text());
    }

    /** Takes no more questions, ends those that it has, and only then erases its keys, without which it could but refuse. */
    @Override
    public Future<?> stop() {
        timers.forEach(vertx::cancelTimer);
        return Future.join(consumers.stream().map(MessageConsumer::unregister).toList())
                .transform(deaf -> underWay.ended())
                .timeout(FAREWELL_MILLIS, TimeUnit.MILLISECONDS)
                .transform(ended -> closeDirectory())
                .transform(ended -> close());
    }

    /** While its keys are there: it tells what it has not told yet. */
    private Future<Void> closeDirectory() {
        Directory open = directory;
        return open == null ? Future.succeededFuture() : open.close();
    }

    /** The audit log ends with a signature, so its key is erased behind it. */
    private Future<Void> close() {
        records.stopped();
        return audit.close().transform(recorded -> closeState());
    }

    private Future<Void> closeState() {
        eraseSecrets();
        TrafficKeeper keeper = observations;
        return keeper == null ? Future.succeededFuture() : keeper.close();
    }

    private void eraseSecrets() {
        options.getKeys().close();
        maps.forEach(SealedMap::close);
        KeyLines lines = keyLines;
        if (lines != null) {
            lines.close();
        }
    }
}
