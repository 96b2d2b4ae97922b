// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** A node that receives, writes down what it got, and answers requests. All of its consumers are on one context. */
final class ProviderNode implements NodeCommands {
    private final SoakLedgers ledgers;
    private final int provider;
    private final Map<Kind, Map<Integer, MessageLedger>> got = new EnumMap<>(Kind.class);
    private Supplier<JsonObject> refused = JsonObject::new;
    private long arrived;

    private ProviderNode(NodeSettings settings) {
        this.ledgers = new SoakLedgers(Path.of(settings.extra().getString("ledgers")));
        this.provider = settings.extra().getInteger("number");
    }

    static Future<NodeCommands> start(Vertx vertx, NodeSettings settings) {
        ProviderNode node = new ProviderNode(settings);
        return SoakBus.of(settings)
                .join(vertx, settings, "provider")
                .compose(node::consume)
                .map(node);
    }

    private Future<?> consume(EventBus bus) {
        if (bus instanceof SecureEventBus secured) {
            refused = () -> refusals(secured);
        }
        return Future.all(Arrays.stream(Kind.values())
                .map(kind -> bus.<Buffer>consumer(kind.address(), message -> take(kind, message))
                        .completion())
                .toList());
    }

    private static JsonObject refusals(SecureEventBus bus) {
        JsonObject counts = new JsonObject();
        bus.refusals().forEach((reason, count) -> counts.put(reason.name(), count));
        return counts;
    }

    private void take(Kind kind, Message<Buffer> message) {
        SoakMessage told = SoakMessage.of(message.body());
        ledger(kind, told.caller()).arrived((int) told.number());
        arrived++;
        if (kind != Kind.SEND) {
            message.reply(told.number());
        }
    }

    private MessageLedger ledger(Kind kind, int caller) {
        return got.computeIfAbsent(kind, first -> new HashMap<>())
                .computeIfAbsent(caller, first -> ledgers.got(provider, caller, kind));
    }

    @Override
    public Future<JsonObject> handle(String command, JsonObject arguments) {
        return command.equals("status")
                ? Future.succeededFuture(
                        new JsonObject().put("arrived", arrived).put("refused", refused.get()))
                : NodeCommands.unknown(command);
    }
}
