// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import dev.latchkey.eventbus.bus.Joining;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.streams.ReadStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event bus whose secured addresses are authenticated, authorised and encrypted end to end.
 *
 * <p>Code that takes an {@link EventBus} needs no change. Which addresses are secured is policy's to say; all others behave
 * as on the plain bus, to which they go. A message that policy does not allow is refused with a {@link DeniedException}:
 * {@code send} and {@code publish} throw it, {@code request} and producers fail their future with it.
 *
 * <p>An instance of this is one registration with the orchestrators, a lease, which is renewed in the background until
 * {@link #leave()}, or until the verticle that joined is undeployed. It may be shared between threads.
 */
public interface SecureEventBus extends EventBus {

    /**
     * Joins: one round trip to an orchestrator, which brings all that sending and receiving needs.
     *
     * <p>The future completes on the caller's context. It fails with {@link DeniedException} when the orchestrator refuses,
     * with {@link IllegalArgumentException} when an option is missing, and with {@link
     * io.vertx.core.eventbus.ReplyException} when no orchestrator answers within {@link
     * SecureEventBusOptions#getJoinTimeout()}.
     */
    static Future<SecureEventBus> join(Vertx vertx, SecureEventBusOptions options) {
        return Joining.join(vertx, options);
    }

    /**
     * Ends the lease, unregisters this bus's consumers and erases its keys. Afterwards secured addresses refuse with {@link
     * DenialReason#LEFT}. Leaving twice is one leaving.
     *
     * <p>The future completes when the orchestrator knows, or cannot be reached: the lease then ends by itself. It never
     * fails.
     */
    Future<Void> leave();

    /** The name that the orchestrator gave this instance: 16 hexadecimal digits. It changes when the instance re-joins. */
    String instance();

    /** The operations that this instance may provide. */
    Set<String> provides();

    /** The operations that this instance may invoke. */
    Set<String> invokes();

    /**
     * The Vertx that was joined on, save that its {@link Vertx#eventBus()} is this bus: for generated service proxies, {@code
     * ServiceBinder}, and whatever else takes a {@code Vertx} and should talk over secured addresses.
     *
     * <p>It is the same Vertx, so that closing it closes that one. A verticle deployed through it is given the Vertx that was
     * joined on, as it is another instance: it joins by itself.
     *
     * @return always the same object
     */
    Vertx asVertx();

    /**
     * The plaintext messages that passed in this JVM so far, where policy's mode is {@code observe} or {@code permissive}. A
     * snapshot, in no order; bounded to 4096 combinations of address, direction and service.
     */
    List<Observation> observations();

    /**
     * The metrics of this JVM: of all instances that joined on the same Vertx. Always the same object, with live numbers; {@link
     * LatchkeyMetrics} binds them to Micrometer.
     */
    Metrics metrics();

    /** The metrics of a Vertx on which somebody has joined: for whoever deploys verticles that join by themselves. */
    static Optional<Metrics> metricsOf(Vertx vertx) {
        return Joining.metricsOf(vertx);
    }

    /** How this instance stands with its orchestrators now. */
    Health health();

    /**
     * Tells of each change of {@link #health()}, on the context of this call. A token that ends is told within a millisecond, a
     * renewal when it is done. One handler; the next replaces it, and null removes it.
     */
    SecureEventBus healthHandler(@Nullable Handler<Health> handler);

    /** How many alarms were raised in this JVM so far, by kind. A snapshot. */
    Map<Alarm, Long> alarms();

    /** How many messages were refused in this JVM so far, by reason. A snapshot. */
    Map<DenialReason, Long> refusals();

    /**
     * The live instances that provide an operation, as the orchestrators' directory says. It is for people and for choices; what a message is
     * worth does not depend on it. The first call of an operation makes this JVM follow it, which takes a round trip to an orchestrator.
     *
     * @param operation one that this instance may invoke
     * @return a snapshot, ordered by name, of at most 4096; fails with {@link DeniedException} ({@link DenialReason#NOT_INVITED}, {@link
     *     DenialReason#LEFT}) when the directory is not this instance's to see, and with {@link io.vertx.core.eventbus.ReplyException} when no
     *     orchestrator tells it within ten seconds
     */
    Future<List<Provider>> providers(String operation);

    /**
     * The changes of {@link #providers}, beginning with one that joined for each that is there. Give it a handler to begin. What changes while
     * it is paused is told when it is resumed, as the difference to what was told before, so it keeps nothing but that. Handlers run on the
     * context of this call. It ends when this bus is left; the exception handler is told, and it ends, when the directory is not this
     * instance's to see.
     *
     * @param operation one that this instance may invoke
     */
    ReadStream<ProviderChange> providerChanges(String operation);
}
