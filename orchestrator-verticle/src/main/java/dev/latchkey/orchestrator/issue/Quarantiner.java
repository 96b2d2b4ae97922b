// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.issue;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.orchestrator.breach.Sentence;
import dev.latchkey.orchestrator.notice.Noticed;
import dev.latchkey.orchestrator.state.RevocationList;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;

/**
 * Quarantines by revoking. Bounded, since each quarantine takes room in a notice that has an end: who is barred stays out, so to get
 * past it takes as many credentials.
 */
public final class Quarantiner implements Sentence {
    static final int MAX = 1_000;

    private final Revoker revoker;
    private final RevocationList list;
    private final Duration time;
    private final Clock clock;
    private final Noticed noticed;

    /** One that quarantines for this time. */
    public Quarantiner(Revoker revoker, RevocationList list, Duration time, Clock clock, Noticed noticed) {
        this.revoker = revoker;
        this.list = list;
        this.time = time;
        this.clock = clock;
        this.noticed = noticed;
    }

    @Override
    public Future<Boolean> quarantine(String instance, String bearer) {
        return list.current().compose(known -> decide(known, instance, bearer));
    }

    /** Another orchestrator may have been faster. */
    private Future<Boolean> decide(Revocations known, String instance, String bearer) {
        if (isOut(known, instance, bearer)) {
            return Future.succeededFuture(false);
        }
        if (known.quarantine().size() >= MAX) {
            noticed.hit(Bound.QUARANTINES);
            return Future.succeededFuture(false);
        }
        Future<Revocations> done =
                instance.isEmpty() ? revoker.bar(bearer, time) : revoker.quarantine(instance, bearer, time);
        return done.map(true);
    }

    private boolean isOut(Revocations known, String instance, String bearer) {
        long now = clock.millis();
        return instance.isEmpty()
                ? known.quarantine().bars(bearer, now)
                : known.quarantine().holds(instance, now);
    }
}
