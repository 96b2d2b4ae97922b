// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import com.hazelcast.nio.serialization.HazelcastSerializationException;
import org.jspecify.annotations.Nullable;

/** Tells a value that somebody put into a map, and that cannot be brought back as an object, from an outage. */
final class UnreadableValue {
    /** Chains of causes are as long as whoever wrote the value likes. */
    private static final int MAX_CAUSES = 16;

    private UnreadableValue() {}

    static boolean isCauseOf(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            if (cause instanceof HazelcastSerializationException || cause instanceof ClassCastException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
