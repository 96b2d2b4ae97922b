// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.Provider;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The directories that somebody in this JVM has asked for. Thread-safe. */
final class Directories {
    private final BusGuard guard;
    private final Map<String, FollowedDirectory> followed = new ConcurrentHashMap<>();

    Directories(BusGuard guard) {
        this.guard = guard;
    }

    /** The providers of an operation, once they are known. */
    Future<List<Provider>> providers(Member member, String operation) {
        DenialReason denial = denial(member, operation);
        return denial == null ? follow(operation).providers() : Future.failedFuture(new DeniedException(denial));
    }

    /** Why a member may not see the directory; null when it may. */
    static @Nullable DenialReason denial(Member member, String operation) {
        if (member.hasLeft()) {
            return DenialReason.LEFT;
        }
        return member.invokes().contains(operation) ? null : DenialReason.NOT_INVITED;
    }

    /** The directory of an operation, from now on kept up to date. */
    FollowedDirectory follow(String operation) {
        return followed.computeIfAbsent(operation, first -> new FollowedDirectory(guard, operation).start());
    }

    /** Something else than an orchestrator's word has changed who counts as a provider. */
    void changed() {
        followed.values().forEach(FollowedDirectory::changed);
    }

    /** A member has other keys. */
    void keysChanged() {
        followed.values().forEach(FollowedDirectory::keysChanged);
    }

    /** Forgets what nobody here may see any more. */
    void keepOnly(Set<String> invoked) {
        followed.values().removeIf(directory -> directory.stopUnless(invoked));
    }
}
