// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The consumers of one member, so that they end with it. Thread-safe. */
final class Consumers {
    private final List<MessageConsumer<?>> consumers = new CopyOnWriteArrayList<>();

    void add(MessageConsumer<?> consumer) {
        if (!consumers.contains(consumer)) {
            consumers.add(consumer);
        }
    }

    void remove(MessageConsumer<?> consumer) {
        consumers.remove(consumer);
    }

    /** Never fails. */
    Future<Void> unregisterAll() {
        List<Future<Void>> unregistered =
                consumers.stream().map(MessageConsumer::unregister).toList();
        return Future.join(unregistered).<Void>mapEmpty().otherwiseEmpty();
    }
}
