// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.registration.Notice;
import dev.latchkey.eventbus.registration.Revocations;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What this JVM knows to be revoked: the newest of what notices and orchestrators' answers told. Thread-safe.
 *
 * <p>Anyone may publish at the notices' address. Old numbers are dropped unread, and the signatures of at most {@value
 * #CHECKS_PER_SECOND} notices a second are checked. Who floods can so keep a true notice away, as who drops it can; the next
 * renewal brings what it said.
 */
final class RevocationWatch {
    static final int CHECKS_PER_SECOND = 100;
    private static final long SECOND_MILLIS = 1_000;

    private final TrustBundle trust;
    private final LongSupplier clock;
    private final Alarms alarms;
    private final Bounds bounds;
    private final Consumer<Revocations> changed;
    private volatile Revocations known = Revocations.none();
    private long second;
    private int checks;

    /**
     * A watch that knows of nothing.
     *
     * @param clock milliseconds
     * @param changed told of each newer state, in their order
     */
    RevocationWatch(
            TrustBundle trust, LongSupplier clock, Alarms alarms, Bounds bounds, Consumer<Revocations> changed) {
        this.trust = trust;
        this.clock = clock;
        this.alarms = alarms;
        this.bounds = bounds;
        this.changed = changed;
    }

    Revocations known() {
        return known;
    }

    /** Takes what was published at the notices' address, by whomever. */
    void heard(Object notice) {
        if (Notice.claimedNumber(notice) <= known.number()) {
            return;
        }
        if (!mayCheck()) {
            bounds.hit(Bound.NOTICE_CHECKS);
            return;
        }
        try {
            learn(Notice.verify((Buffer) notice, trust.tokenKeys(), trust.trustDomain()), false);
        } catch (IllegalArgumentException e) {
            alarms.raise(Alarm.FORGED_NOTICE, String.valueOf(e.getMessage()));
        }
    }

    private synchronized boolean mayCheck() {
        long now = clock.getAsLong() / SECOND_MILLIS;
        if (now != second) {
            second = now;
            checks = 0;
        }
        return ++checks <= CHECKS_PER_SECOND;
    }

    /** Takes what an orchestrator answered; a newer state than the last notice's means that a notice was missed. */
    void answered(Revocations answered) {
        if (answered.number() < known.number()) {
            alarms.raise(Alarm.OLD_STATE, "number " + answered.number());
        }
        learn(answered, known.number() > 0);
    }

    private synchronized void learn(Revocations told, boolean late) {
        Revocations before = known;
        if (told.number() <= before.number()) {
            return;
        }
        known = told;
        changed.accept(told);
        if (late || (before.number() > 0 && told.previous() != before.number())) {
            alarms.raise(Alarm.MISSED_NOTICE, "number " + told.number());
        }
    }
}
