// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.token.TokenGrant;
import java.time.Duration;

/**
 * Whether this JVM accepts a token past its end. Thread-safe; times are milliseconds since 1970.
 *
 * <p>The token says for how long at most. Within that, it is accepted unless its holder could have renewed it: unless orchestrators
 * have answered this JVM for a while after the token ended, without a failure in between. The while is for the holder, who tries
 * with pauses, when an outage ends. What was refused for that stays refused, whatever happens later: what the token's messages
 * were may be forgotten then.
 */
final class OutageGrace {
    /** Longer than the pause between two attempts of an instance to renew, and an attempt. */
    static final long TIME_TO_RENEW_MILLIS = 30_000;

    private static final long NEVER = Long.MAX_VALUE;

    private long answeringSince = NEVER;
    private long renewable = Long.MIN_VALUE;

    /** An orchestrator has answered an instance of this JVM. */
    synchronized void answered(long now) {
        answeringSince = Math.min(answeringSince, now);
        if (now - answeringSince >= TIME_TO_RENEW_MILLIS) {
            renewable = Math.max(renewable, now - TIME_TO_RENEW_MILLIS);
        }
    }

    /** No orchestrator has answered in time. */
    synchronized void missed() {
        answeringSince = NEVER;
    }

    /** True when a token that has ended is good at this time nevertheless. */
    synchronized boolean stretches(TokenGrant grant, long now, Duration skew) {
        return grant.isInGraceAt(now, skew) && grant.expires() * 1000 > renewable;
    }
}
