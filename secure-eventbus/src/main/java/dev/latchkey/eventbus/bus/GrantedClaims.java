// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which of a caller's requests it let a provider take: each one once, for one challenge. Thread-safe. */
final class GrantedClaims {
    /** Challenges that are kept, so that a claim whose answer was lost is granted again. */
    private static final int MAX_CHALLENGES = 4096;

    private final ReplayMemory granted = new ReplayMemory();
    private final Map<Long, byte[]> challenges = new Recent();

    /** True when the request was not granted before, or was granted for this very challenge. */
    synchronized boolean grant(long sequence, byte[] challenge) {
        if (granted.remember(sequence, true, this) == null) {
            challenges.put(sequence, challenge);
            return true;
        }
        return Arrays.equals(challenges.get(sequence), challenge);
    }

    private static final class Recent extends LinkedHashMap<Long, byte[]> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > MAX_CHALLENGES;
        }
    }
}
