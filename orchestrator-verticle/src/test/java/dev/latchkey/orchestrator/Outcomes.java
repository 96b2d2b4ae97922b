// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** How a request may end, other than well, and whether it ended by itself. */
final class Outcomes {
    private static final long FAR_BEYOND_THE_WAIT_MILLIS = 600_000;
    private static final long BRIEF_MILLIS = 1_000;

    private Outcomes() {}

    /** For a request that must end at once: {@link Realm#await} gives up long before this send timeout. */
    static DeliveryOptions patient() {
        return new DeliveryOptions().setSendTimeout(FAR_BEYOND_THE_WAIT_MILLIS);
    }

    /** For a request that nothing but its send timeout ends. */
    static DeliveryOptions brief() {
        return new DeliveryOptions().setSendTimeout(BRIEF_MILLIS);
    }

    /** Waits for the failure, and gives it back. */
    static DeniedException assertDenied(Future<?> request, DenialReason reason) {
        Throwable failure = Realm.failure(request);
        assertThat(failure).asInstanceOf(type(DeniedException.class)).returns(reason, DeniedException::reason);
        return (DeniedException) failure;
    }

    static void assertFails(Future<?> request, ReplyFailure kind) {
        assertThat(Realm.failure(request))
                .isExactlyInstanceOf(ReplyException.class)
                .asInstanceOf(type(ReplyException.class))
                .returns(kind, ReplyException::failureType);
    }

    static void assertTimesOut(Future<?> request) {
        assertFails(request, ReplyFailure.TIMEOUT);
    }
}
