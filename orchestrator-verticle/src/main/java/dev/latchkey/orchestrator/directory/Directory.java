// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.directory;

import dev.latchkey.eventbus.directory.ProviderEntry;
import dev.latchkey.orchestrator.keys.OrchestratorKeys;
import dev.latchkey.orchestrator.notice.Noticed;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.state.KeyLines;
import dev.latchkey.orchestrator.state.Lease;
import dev.latchkey.orchestrator.state.LeaseListener;
import dev.latchkey.orchestrator.state.Leases;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The live providers of each operation, as all orchestrators know them.
 *
 * <p>Each orchestrator tells, ten times a second at most, what changed by its own answers; it takes from the others what they tell, and from
 * the map of leases what it missed. So the directory is no second truth beside the leases, and holds nothing that they do not. Use it on
 * one context.
 */
public final class Directory implements LeaseListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.orchestrator");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Leases leases;
    private final Desk desk;
    private final Map<String, OperationDirectory> operations = new ConcurrentHashMap<>();
    private volatile Policy policy;
    private boolean reading;
    private boolean stopped;

    /** A directory that knows nobody yet. */
    public Directory(
            Vertx vertx,
            Policy policy,
            Leases leases,
            KeyLines lines,
            OrchestratorKeys keys,
            Clock clock,
            Noticed noticed) {
        this.policy = policy;
        this.leases = leases;
        this.desk = new Desk(
                vertx,
                policy.trustDomain(),
                HexFormat.of().toHexDigits(RANDOM.nextLong()),
                keys.signing(),
                new DirectoryKeys(keys.state()),
                operation -> lines.line(operation).active(clock.millis()).epoch(),
                clock,
                noticed);
        policy.operations().keySet().forEach(this::add);
    }

    private OperationDirectory add(String operation) {
        OperationDirectory added = new OperationDirectory(operation, desk, this::missed);
        operations.put(operation, added);
        return added;
    }

    /** Goes by another policy: operations that it no longer has are told of no more, those that are new are read from the leases. */
    public Future<Void> follow(Policy next) {
        policy = next;
        List<Future<Void>> closed =
                operations.keySet().stream().filter(name -> !next.operations().containsKey(name)).toList().stream()
                        .map(name -> directory(name, operations.remove(name)).close())
                        .toList();
        List<OperationDirectory> added = next.operations().keySet().stream()
                .filter(name -> !operations.containsKey(name))
                .map(this::add)
                .toList();
        return Future.join(closed).transform(done -> open(added));
    }

    /** Listens to the other orchestrators first, then reads the leases, so that nothing falls in between; then it answers. */
    public Future<Void> open() {
        leases.listener(this);
        return open(List.copyOf(operations.values()));
    }

    private Future<Void> open(List<OperationDirectory> added) {
        return Future.all(added.stream().map(OperationDirectory::listen).toList())
                .compose(listening -> read())
                .compose(read -> Future.all(
                        added.stream().map(OperationDirectory::answer).toList()))
                .mapEmpty();
    }

    private Future<Void> read() {
        reading = true;
        operations.values().forEach(OperationDirectory::beginReading);
        return leases.byInstance()
                .onSuccess(all -> {
                    all.forEach(this::take);
                    operations.values().forEach(OperationDirectory::endReading);
                })
                .onComplete(done -> reading = false)
                .mapEmpty();
    }

    private void take(String instance, Lease lease) {
        Provided.by(lease, policy).forEach(name -> directory(name).take(entry(instance, lease)));
    }

    /** Something that another orchestrator told did not arrive; it wrote it before it told. */
    private void missed() {
        if (!reading && !stopped) {
            read().onFailure(failure ->
                    LOG.warn("the leases could not be read for the directory, trying again", failure));
        }
    }

    @Override
    public void kept(String instance, Lease lease) {
        Provided.by(lease, policy).forEach(name -> directory(name).change(entry(instance, lease)));
    }

    @Override
    public void ended(String instance, Lease lease) {
        ProviderEntry end = ProviderEntry.ended(instance, lease.expiresAt());
        Provided.by(lease, policy).forEach(name -> directory(name).change(end));
    }

    private OperationDirectory directory(String operation) {
        return directory(operation, operations.get(operation));
    }

    private static OperationDirectory directory(String operation, @Nullable OperationDirectory found) {
        if (found == null) {
            throw new IllegalStateException("policy has no operation " + operation);
        }
        return found;
    }

    private static ProviderEntry entry(String instance, Lease lease) {
        return ProviderEntry.living(instance, lease.service(), lease.node(), lease.expiresAt());
    }

    /** Tells what changed since the last call; call it ten times a second. */
    public void tell() {
        operations.values().forEach(OperationDirectory::tell);
    }

    /** The living providers of an operation, whichever orchestrator registered them. */
    public Collection<ProviderEntry> providers(String operation) {
        OperationDirectory found = operations.get(operation);
        return found == null ? List.of() : found.living();
    }

    /** Neither listens nor answers any more. What was not told yet, is. */
    public Future<Void> close() {
        stopped = true;
        leases.listener(LeaseListener.NONE);
        tell();
        return Future.join(operations.values().stream()
                        .map(OperationDirectory::close)
                        .toList())
                .mapEmpty();
    }
}
