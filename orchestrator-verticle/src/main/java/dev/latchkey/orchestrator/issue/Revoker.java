// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.issue;

import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.registration.Notice;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.orchestrator.policy.OperationPolicy;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.ServicePolicy;
import dev.latchkey.orchestrator.state.KeyLines;
import dev.latchkey.orchestrator.state.Lease;
import dev.latchkey.orchestrator.state.Leases;
import dev.latchkey.orchestrator.state.RevocationList;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Revokes instances and services.
 *
 * <p>First the shared list and its notice, so that the revoked party is refused at once and gets nothing new; then new keys for the
 * operations that it provided, which it never saw, and a second notice. Who fails halfway revokes again: each step may be done
 * twice.
 */
public final class Revoker {
    /** Added to what the revoked party holds: clock skew, and the time that a message may be under way. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Policy policy;
    private final KeyLines lines;
    private final Leases leases;
    private final RevocationList list;
    private final SigningKey signing;
    private final Clock clock;

    /** A revoker that works on this state. */
    public Revoker(
            Vertx vertx,
            Policy policy,
            KeyLines lines,
            Leases leases,
            RevocationList list,
            SigningKey signing,
            Clock clock) {
        this.vertx = vertx;
        this.policy = policy;
        this.lines = lines;
        this.leases = leases;
        this.list = list;
        this.signing = signing;
        this.clock = clock;
    }

    /** Revokes one instance, whether or not its lease is still known. */
    public Future<Revocations> instance(String name) {
        return announce(before -> before.withInstance(name, end(), clock.millis()))
                .compose(told -> endLease(name));
    }

    private Future<Revocations> endLease(String name) {
        return leases.find(name).compose(lease -> leases.end(name).compose(done -> replaceKeys(provided(lease))));
    }

    /**
     * Quarantines one instance: revokes it, and bars who bears the credential that it registered with.
     *
     * @param bearer whom to bar; empty when not known
     * @param time how long, the lifetime of what the instance holds at least
     */
    public Future<Revocations> quarantine(String name, String bearer, Duration time) {
        return announce(before -> before.withQuarantined(name, bearer, end(time), clock.millis()))
                .compose(told -> endLease(name));
    }

    /** Bars who bears a credential from registering for a time. Instances that are registered stay so. */
    public Future<Revocations> bar(String bearer, Duration time) {
        return announce(before -> before.withBarred(bearer, clock.millis() + time.toMillis(), clock.millis()));
    }

    /**
     * Ends a quarantine before its time.
     *
     * @param name of an instance, whose bearer is free again too; or of a bearer, with all instances that were quarantined with it
     * @return fails when nobody of that name is quarantined
     */
    public Future<Revocations> lift(String name) {
        return list.current()
                .compose(known -> known.quarantine().contains(name)
                        ? announce(before -> before.lifted(name, clock.millis()))
                        : Future.failedFuture(new IllegalArgumentException("nobody of the name '" + name
                                + "' is quarantined; name one that quarantined() tells")));
    }

    private Set<String> provided(Optional<Lease> lease) {
        return lease.map(found -> found.declaresAll() ? allowed(found.service()) : found.provides())
                .orElse(Set.of());
    }

    private Set<String> allowed(String service) {
        return Optional.ofNullable(policy.services().get(service))
                .map(ServicePolicy::provides)
                .orElse(Set.of());
    }

    /** When the last token of who is revoked now has ended, and its lease too. */
    private long end() {
        return clock.millis() + longestLife().plus(MARGIN).toMillis();
    }

    private long end(Duration time) {
        return Math.max(end(), clock.millis() + time.toMillis());
    }

    private Duration longestLife() {
        return policy.operations().values().stream()
                .map(OperationPolicy::longestUse)
                .reduce(policy.leaseDuration(), (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    /** Revokes all instances of a service, and refuses new ones for a time, which is at least that of its last token. */
    public Future<Revocations> service(String name, Duration time) {
        return announce(before -> before.withService(name, end(time), clock.millis()))
                .compose(told -> replaceKeys(allowed(name)));
    }

    /** Gives operations new keys at once; what is under way under the old ones is refused, and is its sender's to send again. */
    public Future<Revocations> rotate(Set<String> operations) {
        return replaceKeys(operations);
    }

    /** Gives up the keys that the revoked party has, the prepared ones too, and has all others get new ones. */
    private Future<Revocations> replaceKeys(Set<String> operations) {
        return operations.isEmpty()
                ? Future.succeededFuture(list.known())
                : lines.replace(operations)
                        .compose(floors -> announce(before -> before.withFloors(floors, clock.millis())));
    }

    private Future<Revocations> announce(UnaryOperator<Revocations> change) {
        return list.change(change).map(this::publish);
    }

    private Revocations publish(Revocations revocations) {
        vertx.eventBus().publish(Notice.ADDRESS, Notice.sign(revocations, signing, policy.trustDomain()));
        return revocations;
    }
}
