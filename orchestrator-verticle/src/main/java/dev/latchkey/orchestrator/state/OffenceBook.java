// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.latchkey.eventbus.Bound;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The violations of all parties, shared by all orchestrators: one record for each party, changed by compare-and-set.
 *
 * <p>A member of the cluster can delete a record or put an old one back. Each orchestrator remembers what it wrote or found and merges it
 * with what is there, so that this undoes nothing which an orchestrator that lives has seen. Thread-safe.
 */
public final class OffenceBook {
    static final int MAX_REMEMBERED = 10_000;

    /** Each lost exchange means that another orchestrator has written. */
    private static final int MAX_ATTEMPTS = 32;

    /** More parties than an orchestrator looks at when it tidies up. */
    private static final int MAX_SWEPT = 10_000;

    private static final Duration GONE_AFTER = Duration.ofSeconds(1);

    private final SealedMap map;
    private final Cache<String, Offences> remembered;

    /**
     * What became of one party's violations.
     *
     * @param before without those that were added
     * @param after with them
     */
    public record Change(Offences before, Offences after) {}

    /** A book kept in a map. */
    public OffenceBook(SealedMap map) {
        this(map, MAX_REMEMBERED);
    }

    OffenceBook(SealedMap map, int most) {
        this.map = map;
        this.remembered = Caffeine.newBuilder()
                .maximumSize(most)
                .executor(Runnable::run)
                .<String, Offences>evictionListener((party, offences, cause) -> noteForgotten(cause))
                .build();
    }

    private void noteForgotten(RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            map.noticed().hit(Bound.BREACHES_REMEMBERED);
        }
    }

    /**
     * Adds violations of a party.
     *
     * @param from older ones count no more, milliseconds since 1970
     * @param most how many of one operation are kept, the newest
     */
    public Future<Change> add(String party, List<Offence> more, long from, int most) {
        return attempt(party, more, from, most, MAX_ATTEMPTS);
    }

    private Future<Change> attempt(String party, List<Offence> more, long from, int most, int attempts) {
        if (attempts == 0) {
            return Future.failedFuture(new IllegalStateException("too many orchestrators write of one party at once"));
        }
        return stored(party).compose(found -> {
            Offences before = known(party, found).within(from, most);
            Offences after = before.merged(new Offences(0, more)).within(from, most);
            return write(party, found, after)
                    .compose(won -> won
                            ? Future.succeededFuture(remember(party, new Change(before, after), from, most))
                            : attempt(party, more, from, most, attempts - 1));
        });
    }

    private Change remember(String party, Change change, long from, int most) {
        remembered.asMap().merge(party, change.after(), (known, more) -> known.merged(more)
                .within(from, most));
        return change;
    }

    private Future<Optional<SealedMap.Found>> stored(String party) {
        return map.getIf(party, OffenceBook::isReadable);
    }

    private static boolean isReadable(byte[] content) {
        Offences.fromBytes(content);
        return true;
    }

    private Offences known(String party, Optional<SealedMap.Found> found) {
        Offences stored =
                found.map(SealedMap.Found::content).map(Offences::fromBytes).orElse(Offences.none());
        @Nullable Offences here = remembered.getIfPresent(party);
        return here == null ? stored : stored.merged(here);
    }

    /** True when it was written. What cannot be read is somebody's, and is written over. */
    private Future<Boolean> write(String party, Optional<SealedMap.Found> found, Offences offences) {
        byte[] content = offences.toBytes();
        return found.isPresent()
                ? map.exchange(party, found.get(), content)
                : map.create(party, content).compose(created -> created ? won() : writeOver(party, content));
    }

    private Future<Boolean> writeOver(String party, byte[] content) {
        return stored(party)
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(false)
                        : map.overwrite(party, content).compose(done -> won()));
    }

    private static Future<Boolean> won() {
        return Future.succeededFuture(true);
    }

    /** What a party did until now was acted upon, and counts no more. */
    public Future<Void> settle(String party, long now) {
        return settle(party, now, MAX_ATTEMPTS);
    }

    private Future<Void> settle(String party, long now, int attempts) {
        if (attempts == 0) {
            return Future.failedFuture(new IllegalStateException("too many orchestrators write of one party at once"));
        }
        return stored(party).compose(found -> {
            Offences settled = known(party, found).settled(now);
            return write(party, found, settled).compose(won -> {
                remembered.asMap().merge(party, settled, Offences::merged);
                return won ? Future.succeededFuture() : settle(party, now, attempts - 1);
            });
        });
    }

    /**
     * Ends the records of which nothing counts any more, whoever wrote them. What another orchestrator adds at this very moment may be
     * lost from the map; that one remembers it.
     *
     * @param from what is older counts no more, milliseconds since 1970
     */
    public Future<Void> forgetEnded(long from) {
        remembered.asMap().values().removeIf(offences -> offences.isOver(from));
        return map.names(MAX_SWEPT)
                .compose(parties -> Future.join(
                        parties.stream().map(party -> forgetEnded(party, from)).toList()))
                .mapEmpty();
    }

    private Future<Void> forgetEnded(String party, long from) {
        return stored(party)
                .compose(found -> found.isPresent() && isOver(found.get(), from)
                        ? map.put(party, Offences.none().toBytes(), GONE_AFTER)
                        : Future.succeededFuture());
    }

    private static boolean isOver(SealedMap.Found found, long from) {
        return Offences.fromBytes(found.content()).isOver(from);
    }
}
