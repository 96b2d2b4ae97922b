// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeCommands;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Has a node's commands carried out on the context on which it was started. */
final class OnContext {
    private OnContext() {}

    static Future<NodeCommands> of(Vertx vertx, Supplier<Future<NodeCommands>> start) {
        Context context = vertx.getOrCreateContext();
        return on(context, start)
                .map(node -> (command, arguments) -> on(context, () -> node.handle(command, arguments)));
    }

    private static <T> Future<T> on(Context context, Supplier<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(now -> {
            try {
                action.get().onComplete(promise);
            } catch (RuntimeException e) {
                promise.fail(e);
            }
        });
        return promise.future();
    }
}
