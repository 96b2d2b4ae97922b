// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.eventbus.token.TokenId;
import java.time.Duration;
import java.util.HexFormat;

/**
 * The instances of this JVM, those included that have left, as long as a token of theirs may live. Thread-safe.
 *
 * <p>What they publish reaches the consumers here without the wire. So one of their publishes that comes over the wire is one that
 * somebody recorded on its way to another node.
 */
final class OwnInstances {
    /** Longer than any token and its grace; each renewal begins it anew. */
    private static final Duration KEPT = Duration.ofHours(49);

    private final Cache<Long, Boolean> names =
            Caffeine.newBuilder().expireAfterWrite(KEPT).executor(Runnable::run).build();

    /** Notes an instance by its name, 16 hexadecimal digits. */
    void add(String instance) {
        names.put(HexFormat.fromHexDigitsToLong(instance), true);
    }

    /** True when the token was issued to one of them. */
    boolean hold(TokenId token) {
        return names.getIfPresent(token.instance()) != null;
    }
}
