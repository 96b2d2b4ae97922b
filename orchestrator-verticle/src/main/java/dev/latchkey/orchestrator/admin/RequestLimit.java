// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.latchkey.orchestrator.limit.TokenBucket;
import java.time.Clock;

/** How many requests are taken of each subject, and how many bad tokens of each address. Bounded; thread-safe. */
final class RequestLimit {
    /** Who is remembered; one that was forgotten begins anew. */
    private static final int MAX_NAMES = 10_000;

    private final LoadingCache<String, TokenBucket> buckets;

    RequestLimit(int perSecond, Clock clock) {
        this.buckets = Caffeine.newBuilder().maximumSize(MAX_NAMES).build(name -> new TokenBucket(perSecond, clock));
    }

    /** Refuses one that comes too often. */
    void take(String name) {
        if (!buckets.get(name).take()) {
            throw new ApiException(
                    Problem.TOO_MANY, "more requests in a second than requestsPerSecond; ask again in a second");
        }
    }
}
