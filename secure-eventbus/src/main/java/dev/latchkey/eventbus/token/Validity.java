// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import java.time.Duration;

/** Where a token stands in time. */
public enum Validity {
    /** Its time has not come. */
    NOT_YET,
    /** It may be used. */
    VALID,
    /** Its time has passed. */
    EXPIRED;

    /**
     * Where something stands in time that may be used between two times; all are milliseconds since 1970.
     *
     * @param skew an allowance for clocks that disagree, at both ends
     * @param from inclusive
     * @param until exclusive
     */
    public static Validity at(long now, Duration skew, long from, long until) {
        if (now + skew.toMillis() < from) {
            return NOT_YET;
        }
        return now - skew.toMillis() < until ? VALID : EXPIRED;
    }
}
