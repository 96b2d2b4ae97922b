// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Metrics;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureEventBusOptions;
import io.vertx.core.Closeable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.Optional;

/** Makes a member of a Vertx, and ties it to the verticle that asked. */
public final class Joining {
    private Joining() {}

    /** See {@link SecureEventBus#join}. */
    public static Future<SecureEventBus> join(Vertx vertx, SecureEventBusOptions options) {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        try {
            BusGuard guard = BusGuard.of(SecuredVertx.unwrap(vertx), options.getTrustBundle(), options.getClock());
            guard.frames().ask(options.getMaxFrameSize());
            if (options.isCoalesceWrites()) {
                guard.coalesceWrites();
            }
            Member member = new Member(guard, options);
            SecuredBus bus = new SecuredBus(guard, member);
            leaveWith(context, bus);
            Promise<SecureEventBus> joined = context.promise();
            member.register()
                    .<SecureEventBus>map(bus)
                    .recover(failure -> bus.leave().compose(done -> Future.failedFuture(failure)))
                    .onComplete(joined);
            return joined.future();
        } catch (RuntimeException e) {
            return context.failedFuture(e);
        }
    }

    /** See {@link SecureEventBus#metricsOf}. */
    public static Optional<Metrics> metricsOf(Vertx vertx) {
        return Optional.ofNullable(BusGuard.find(SecuredVertx.unwrap(vertx))).map(BusGuard::metrics);
    }

    private static void leaveWith(ContextInternal context, SecuredBus bus) {
        if (context.isDeployment()) {
            Closeable hook = completion -> bus.leave().onComplete(completion);
            context.addCloseHook(hook);
            bus.onLeft(() -> context.removeCloseHook(hook));
        }
    }
}
