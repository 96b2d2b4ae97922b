// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.registration.Revocations;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is revoked, shared by all orchestrators, changed by compare-and-set.
 *
 * <p>Its number only grows: a record with a lower one than this orchestrator has seen is an old one that somebody put back, and
 * is replaced by what is known here, as is one that does not open. All methods run on the orchestrator's context.
 */
public final class RevocationList {
    private static final String KEY = "current";

    private final SealedMap map;
    private final Clock clock;
    private Revocations known = Revocations.none();

    /** A list kept in a map. */
    public RevocationList(SealedMap map, Clock clock) {
        this.map = map;
        this.clock = clock;
    }

    /** What was last known, without a look at the map. */
    public Revocations known() {
        return known;
    }

    /** What is revoked now. */
    public Future<Revocations> current() {
        return stored().compose(this::judge);
    }

    private Future<Optional<SealedMap.Found>> stored() {
        return map.getIf(KEY, RevocationList::isReadable);
    }

    private static boolean isReadable(byte[] content) {
        read(content);
        return true;
    }

    private Future<Revocations> judge(Optional<SealedMap.Found> found) {
        if (found.isEmpty()) {
            return restore();
        }
        Revocations stored = read(found.get().content());
        if (stored.number() < known.number()) {
            map.noticed().raise(Alarm.ROLLED_BACK_RECORD, "the list of revocations");
            return overwrite(known);
        }
        return Future.succeededFuture(learn(stored));
    }

    /** Nothing stored that can be read: puts back what is known here, or starts a list. */
    private Future<Revocations> restore() {
        if (known.number() > 0) {
            return overwrite(known);
        }
        Revocations started = Revocations.none().startedAt(clock.millis());
        return map.create(KEY, bytes(started))
                .compose(created -> created ? Future.succeededFuture(learn(started)) : takeOver(started));
    }

    /** Something is there: another orchestrator's list, made a moment ago, or what somebody put in its place. */
    private Future<Revocations> takeOver(Revocations started) {
        return stored().compose(found -> found.isPresent() ? judge(found) : overwrite(started));
    }

    private Future<Revocations> overwrite(Revocations revocations) {
        return map.overwrite(KEY, bytes(revocations)).map(done -> learn(revocations));
    }

    /** Changes the list; tries again with what it then finds when another orchestrator was faster. */
    public Future<Revocations> change(UnaryOperator<Revocations> change) {
        return current()
                .compose(current -> stored())
                .compose(found -> found.isEmpty() || read(found.get().content()).number() < known.number()
                        ? change(change)
                        : exchange(found.get(), change));
    }

    private Future<Revocations> exchange(SealedMap.Found found, UnaryOperator<Revocations> change) {
        Revocations next = change.apply(read(found.content()));
        return map.exchange(KEY, found, bytes(next))
                .compose(won -> won ? Future.succeededFuture(learn(next)) : change(change));
    }

    private Revocations learn(Revocations told) {
        if (told.number() > known.number()) {
            known = told;
        }
        return known;
    }

    private static Revocations read(byte[] content) {
        return Revocations.fromJson(new JsonObject(Buffer.buffer(content)));
    }

    private static byte[] bytes(Revocations revocations) {
        return revocations.toJson().toBuffer().getBytes();
    }
}
