// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureVerticle;
import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A node that provides what is attacked. Its handler writes down the id of every message that it gets. */
final class VaultNode extends SecureVerticle {
    /** Only at the node of that name, so that it is known who gets a message. */
    static final String ROOM = "vault.room.";

    private final String name;
    private final String marker;
    private final Ledger ledger = new Ledger();
    private final NoticeFilter notices = new NoticeFilter();

    private VaultNode(NodeSettings settings) {
        this.name = settings.role();
        this.marker = settings.extra().getString("marker");
    }

    static Future<NodeCommands> start(Vertx vertx, NodeSettings settings) {
        VaultNode vault = new VaultNode(settings);
        vertx.eventBus().addInboundInterceptor(vault.notices);
        return vertx.deployVerticle(vault, new DeploymentOptions().setConfig(settings.serviceConfig("vault")))
                .map(deployed -> (command, arguments) -> switch (command) {
                    case "status" -> Future.succeededFuture(vault.ledger.status(vault.bus()));
                    case "node" ->
                        Future.succeededFuture(new JsonObject()
                                .put(
                                        "node",
                                        ((VertxInternal) vertx).clusterManager().getNodeId()));
                    case "heap" -> Heap.measured();
                    case "keepNotices" -> vault.notices.keptAway(arguments.getBoolean("away"));
                    default -> NodeCommands.unknown(command);
                });
    }

    @Override
    protected Future<?> start(SecureEventBus bus) {
        return Future.all(addresses().stream()
                .map(address -> bus.<Object>consumer(address, this::handle).completion())
                .toList());
    }

    /** A late vault takes part in nothing but what is sent to it alone. */
    private List<String> addresses() {
        return name.equals(AttackNode.LATE_VAULT)
                ? List.of("bank.late.pay", "bank.late.vote")
                : List.of("vault.open", "bank.pay", "bank.vote", "quiet.read", ROOM + name);
    }

    private void handle(Message<Object> message) {
        ledger.enter(message.body(), message.headers().size());
        if (message.replyAddress() == null) {
            return;
        }
        JsonObject answer = new JsonObject().put("secret", marker).put("by", name);
        int wait = message.body() instanceof JsonObject body ? body.getInteger("wait", 0) : 0;
        if (wait == 0) {
            message.reply(answer);
        } else {
            vertx.setTimer(wait, id -> message.reply(answer));
        }
    }
}
