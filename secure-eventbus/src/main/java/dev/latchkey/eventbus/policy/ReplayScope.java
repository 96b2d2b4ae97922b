// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Who remembers which of an operation's sends and requests have arrived.
 *
 * <p>A publish is for every consumer, so each JVM remembers it for itself, whatever the scope.
 */
public enum ReplayScope {
    /** Each JVM for itself: a second arrival in the same JVM is refused. Costs nothing. */
    NODE,
    /**
     * All consumers together, in a map of the cluster: what one node took, no other takes. Costs a write to that map. A member of
     * the cluster that deletes from the map undoes it.
     */
    CLUSTER,
    /**
     * The sending instance, which confirms each message once, whoever asks. Costs a round trip to it. Nobody without the keys
     * of the operation can undo it; a message whose sender is gone before it was confirmed is refused.
     */
    SENDER;

    /**
     * The scope of a name.
     *
     * @param name as {@link #toString} writes it
     * @throws IllegalArgumentException if there is none; its message is {@code <problem>; <fix>}
     */
    public static ReplayScope named(String name) {
        for (ReplayScope scope : values()) {
            if (scope.toString().equals(name)) {
                return scope;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is no replay scope; write one of " + names());
    }

    private static String names() {
        return Arrays.stream(values()).map(ReplayScope::toString).collect(Collectors.joining(", "));
    }

    /** The name in a policy: lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
