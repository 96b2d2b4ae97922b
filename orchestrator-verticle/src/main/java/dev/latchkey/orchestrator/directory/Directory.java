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
import java.util.function.Function;
import java.util.stream.Collectors;

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

    private final Policy policy;
    private final Leases leases;
    private final Map<String, OperationDirectory> operations;
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
        Desk desk = new Desk(
                vertx,
                policy.trustDomain(),
                HexFormat.of().toHexDigits(RANDOM.nextLong()),
                keys.signing(),
                new DirectoryKeys(keys.state()),
                operation -> lines.line(operation).active(clock.millis()).epoch(),
                clock,
                noticed);
        this.operations = policy.operations().keySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), name -> new OperationDirectory(name, desk, this::missed)));
    }

    /** Listens to the other orchestrators first, then reads the leases, so that nothing falls in between; then it answers. */
    public Future<Void> open() {
        leases.listener(this);
        return Future.all(operations.values().stream()
                        .map(OperationDirectory::listen)
                        .toList())
                .compose(listening -> read())
                .compose(read -> Future.all(operations.values().stream()
                        .map(OperationDirectory::answer)
                        .toList()))
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
        OperationDirectory found = operations.get(operation);
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
