// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.policy.Mode;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which service answers for a plaintext message that passes, and has it counted.
 *
 * <p>The interceptors see every message, and the facade knows who sends or consumes: they meet on the thread that the message
 * passes through. A message that no facade claims is one of code that uses the plain bus.
 */
final class PlaintextPassage {
    private static final String NOBODY = "";

    private final Observations observations;
    private final ThreadLocal<String> sender = ThreadLocal.withInitial(() -> NOBODY);
    private final ThreadLocal<@Nullable String> consumer = new ThreadLocal<>();

    PlaintextPassage(Observations observations) {
        this.observations = observations;
    }

    /** Runs what sends a message on behalf of a service. */
    <R> R sendAs(String service, Supplier<R> sending) {
        sender.set(service);
        try {
            return sending.get();
        } finally {
            sender.remove();
        }
    }

    /** Counts a message that leaves. */
    void send(String address, Mode mode) {
        observations.note(address, Flow.SENT, sender.get(), mode);
    }

    /** Counts a message that arrives, once it was handed on. */
    void receive(String address, Mode mode, Runnable next) {
        String outer = consumer.get();
        consumer.set(NOBODY);
        try {
            next.run();
        } finally {
            observations.note(address, Flow.RECEIVED, Objects.requireNonNullElse(consumer.get(), NOBODY), mode);
            restore(outer);
        }
    }

    private void restore(@Nullable String outer) {
        if (outer == null) {
            consumer.remove();
        } else {
            consumer.set(outer);
        }
    }

    /** Says that a service's consumer has got the message that passes on this thread, if one does. */
    void claim(String service) {
        if (consumer.get() != null) {
            consumer.set(service);
        }
    }
}
