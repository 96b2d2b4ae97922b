// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.risk;

import dev.latchkey.examples.imaging.PerceptualHash;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The hashes of the latest pictures, in a ring: each new one takes the place of the oldest.
 *
 * <p>A search looks at all of them. That is 4096 exclusive-ors, a few microseconds; an index by bit distance would
 * cost more than it saves.
 */
final class HashMemory {

    static final int CAPACITY = 4096;

    private final long[] hashes = new long[CAPACITY];
    private long seen;

    /** In one step, so that of two equal pictures at the same time one meets the other. */
    synchronized OptionalInt nearestThenRemember(long hash) {
        if (hash == PerceptualHash.NOTHING) {
            return OptionalInt.empty();
        }
        OptionalInt nearest = nearest(hash);
        hashes[(int) (seen++ % CAPACITY)] = hash;
        return nearest;
    }

    private OptionalInt nearest(long hash) {
        return Arrays.stream(hashes, 0, (int) Math.min(seen, CAPACITY))
                .mapToInt(earlier -> PerceptualHash.distance(earlier, hash))
                .min();
    }
}
