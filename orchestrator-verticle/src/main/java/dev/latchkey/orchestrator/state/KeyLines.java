// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.orchestrator.policy.OperationPolicy;
import dev.latchkey.orchestrator.policy.Policy;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The key lines of all operations, as this orchestrator knows them.
 *
 * <p>Leaderless: any orchestrator may advance a line, by compare-and-set on the shared map; who loses takes the winner's
 * line. Epochs never go back: a record with a lower highest epoch than this orchestrator has seen is an old one that
 * somebody put back, and is replaced by what is known here.
 */
public final class KeyLines implements AutoCloseable {
    /** Added to the time that a token may be used for: clock skew and the time that a message may be under way. */
    private static final Duration HONOUR_MARGIN = Duration.ofSeconds(10);

    private final SealedMap map;
    private volatile Policy policy;
    private final Clock clock;
    private final Map<String, KeyLine> lines = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** The lines of a policy's operations, none of which is known before {@link #advanceAll}. */
    public KeyLines(SealedMap map, Policy policy, Clock clock) {
        this.map = map;
        this.policy = policy;
        this.clock = clock;
    }

    /** From now on the lines of another policy's operations are known; {@link #advanceAll} learns them. */
    public void follow(Policy next) {
        this.policy = next;
    }

    /** Erases the keys of operations that policy does not know any more. */
    public void forgetOthers() {
        Set<String> known = policy.operations().keySet();
        Set.copyOf(lines.keySet()).stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> {
                    KeyLine line = lines.remove(name);
                    if (line != null) {
                        line.erase();
                    }
                });
    }

    /** Reads every line from the shared map and advances it where it is due. */
    public Future<Void> advanceAll() {
        List<Future<Void>> advanced =
                policy.operations().values().stream().map(this::advance).toList();
        return Future.join(advanced).mapEmpty();
    }

    /**
     * The line of an operation.
     *
     * @throws IllegalStateException before the first {@link #advanceAll} succeeded
     */
    public KeyLine line(String operation) {
        KeyLine line = lines.get(operation);
        if (line == null) {
            throw new IllegalStateException("the key line of " + operation + " is not known yet");
        }
        return line;
    }

    /** The keys of the operations whose lines are known. */
    public Map<String, List<KeyEpoch>> known() {
        Set<String> operations = policy.operations().keySet();
        return lines.entrySet().stream()
                .filter(line -> operations.contains(line.getKey()))
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, line -> line.getValue().epochs()));
    }

    private Future<Void> advance(OperationPolicy operation) {
        return stored(operation).compose(found -> advance(operation, found));
    }

    private Future<Optional<SealedMap.Found>> stored(OperationPolicy operation) {
        return map.getIf(operation.name(), KeyLine::isReadable);
    }

    private Future<Void> advance(OperationPolicy operation, Optional<SealedMap.Found> found) {
        if (found.isEmpty()) {
            return restore(operation);
        }
        KeyLine stored = KeyLine.fromBytes(found.get().content());
        if (isRolledBack(operation, stored)) {
            stored.erase();
            map.noticed().raise(Alarm.ROLLED_BACK_RECORD, "the key line of " + operation.name());
            return map.overwrite(operation.name(), line(operation.name()).toBytes());
        }
        KeyLine next = advanced(operation, stored);
        return next == stored
                ? known(operation, reuse(operation.name(), stored))
                : exchange(operation, found.get(), stored, next);
    }

    /**
     * Gives up all keys of these operations, the prepared ones too, and starts over under higher numbers.
     *
     * @return by operation, the lowest epoch that is honoured from now on; operations that policy does not know are left out
     */
    public Future<Map<String, Long>> replace(Set<String> operations) {
        List<Future<Map.Entry<String, Long>>> replaced = policy.operations().values().stream()
                .filter(operation -> operations.contains(operation.name()))
                .map(operation -> replace(operation).map(epoch -> Map.entry(operation.name(), epoch)))
                .toList();
        return Future.join(replaced).map(done -> replaced.stream()
                .map(Future::result)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** What is stored is looked at first, so that a line that was rolled back is not what the next number follows on. */
    private Future<Long> replace(OperationPolicy operation) {
        return advance(operation)
                .compose(done -> stored(operation))
                .compose(found -> found.isEmpty() ? replace(operation) : replace(operation, found.get()));
    }

    private Future<Long> replace(OperationPolicy operation, SealedMap.Found found) {
        KeyLine stored = KeyLine.fromBytes(found.content());
        boolean rolledBack = isRolledBack(operation, stored);
        KeyLine next = stored.replaced(clock.millis(), operation.rotationInterval());
        stored.erase();
        if (rolledBack) {
            next.erase();
            return replace(operation);
        }
        return map.exchange(operation.name(), found, next.toBytes())
                .onFailure(failure -> next.erase())
                .compose(won -> won ? replaced(operation, next) : replaceAgain(operation, next));
    }

    private Future<Long> replaced(OperationPolicy operation, KeyLine next) {
        return known(operation, next).map(next.epochs().get(0).epoch());
    }

    private Future<Long> replaceAgain(OperationPolicy operation, KeyLine made) {
        made.erase();
        return replace(operation);
    }

    /**
     * Has the next key of these operations become active before its time, and prepares another for after it. No message is lost by
     * it: providers hold the key by then, and honour the one before until the last token that was made with it has ended.
     *
     * @param from milliseconds since 1970; by then every provider must have renewed
     */
    public Future<Void> hasten(Set<String> operations, long from) {
        return Future.join(policy.operations().values().stream()
                        .filter(operation -> operations.contains(operation.name()))
                        .map(operation -> hasten(operation, from))
                        .toList())
                .mapEmpty();
    }

    private Future<Void> hasten(OperationPolicy operation, long from) {
        return advance(operation)
                .compose(done -> map.get(operation.name()))
                .compose(found -> found.isEmpty() ? hasten(operation, from) : hasten(operation, found.get(), from));
    }

    private Future<Void> hasten(OperationPolicy operation, SealedMap.Found found, long from) {
        KeyLine stored = KeyLine.fromBytes(found.content());
        if (isRolledBack(operation, stored)) {
            stored.erase();
            return hasten(operation, from);
        }
        KeyLine next = stored.hastened(from, clock.millis());
        return map.exchange(operation.name(), found, next.toBytes())
                .onFailure(failure -> next.erase())
                .compose(won -> won ? known(operation, next) : hastenAgain(operation, next, from));
    }

    private Future<Void> hastenAgain(OperationPolicy operation, KeyLine made, long from) {
        made.erase();
        return hasten(operation, from);
    }

    private boolean isRolledBack(OperationPolicy operation, KeyLine stored) {
        KeyLine known = lines.get(operation.name());
        return known != null && stored.isBehind(known);
    }

    /** Keeps the object that is in use when nothing changed, so that its keys exist once. */
    private KeyLine reuse(String operation, KeyLine stored) {
        KeyLine known = lines.get(operation);
        if (known == null || !known.sameEpochs(stored)) {
            return stored;
        }
        stored.eraseAllBut(known);
        return known;
    }

    /** Nothing stored that can be read: puts back what is known here, or starts a line. */
    private Future<Void> restore(OperationPolicy operation) {
        KeyLine known = lines.get(operation.name());
        if (known != null) {
            return map.overwrite(operation.name(), known.toBytes());
        }
        KeyLine started = KeyLine.start(clock.millis(), operation.rotationInterval());
        return map.create(operation.name(), started.toBytes())
                .compose(created -> created ? known(operation, started) : takeOver(operation, started));
    }

    /** Something is there: another orchestrator's line, made a moment ago, or what somebody put in its place. */
    private Future<Void> takeOver(OperationPolicy operation, KeyLine started) {
        return stored(operation)
                .compose(found -> found.isPresent()
                        ? takeOver(operation, started, found)
                        : map.overwrite(operation.name(), started.toBytes())
                                .compose(done -> known(operation, started)));
    }

    private Future<Void> takeOver(OperationPolicy operation, KeyLine started, Optional<SealedMap.Found> found) {
        started.erase();
        return advance(operation, found);
    }

    /**
     * Writes the line that follows on a stored one. It is made of what was read, whose keys nobody else holds: while this is on its
     * way, another look may learn of a newer line, and erase the keys of the one that was known.
     */
    private Future<Void> exchange(OperationPolicy operation, SealedMap.Found found, KeyLine stored, KeyLine next) {
        stored.eraseAllBut(next);
        return map.exchange(operation.name(), found, next.toBytes())
                .onFailure(failure -> next.erase())
                .compose(won -> won ? known(operation, next) : giveUp(operation, next));
    }

    /** Another orchestrator was faster. */
    private Future<Void> giveUp(OperationPolicy operation, KeyLine made) {
        made.erase();
        return advance(operation);
    }

    private KeyLine advanced(OperationPolicy operation, KeyLine line) {
        return line.advance(
                clock.millis(),
                operation.rotationInterval(),
                operation.longestUse().plus(HONOUR_MARGIN));
    }

    private Future<Void> known(OperationPolicy operation, KeyLine line) {
        KeyLine before = lines.put(operation.name(), line);
        if (before != null && before != line) {
            before.eraseAllBut(line);
        }
        if (closed) {
            line.erase();
        }
        return Future.succeededFuture();
    }

    /** Erases all keys, and those that are still on their way from the map; the lines cannot be used afterwards. */
    @Override
    public void close() {
        closed = true;
        lines.values().forEach(KeyLine::erase);
    }
}
