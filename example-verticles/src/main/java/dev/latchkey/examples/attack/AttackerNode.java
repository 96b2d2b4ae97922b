// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.RawCodec;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A member of the cluster with plain Vert.x, sockets, and a hand in every clustered map. It does what the driver says. */
final class AttackerNode implements NodeCommands {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long PATIENCE_MILLIS = 1_200;

    private final Vertx vertx;
    private final NetClient client;
    private final ClusterMaps maps;
    private final List<Buffer> heard = new CopyOnWriteArrayList<>();
    private final List<NetSocket> held = new CopyOnWriteArrayList<>();
    private final Map<String, MessageConsumer<Object>> ears = new ConcurrentHashMap<>();

    private AttackerNode(Vertx vertx) {
        this.vertx = vertx;
        this.client = vertx.createNetClient();
        this.maps = new ClusterMaps((VertxInternal) vertx);
    }

    static Future<NodeCommands> start(Vertx vertx) {
        vertx.eventBus().registerCodec(new RawCodec());
        return Future.succeededFuture(new AttackerNode(vertx));
    }

    @Override
    public Future<JsonObject> handle(String command, JsonObject arguments) {
        return switch (command) {
            case "request" -> request(arguments);
            case "publish" -> publish(arguments);
            case "ask" -> ask(arguments);
            case "write" -> write(arguments);
            case "hold" -> hold(arguments);
            case "release" -> release();
            case "listen" -> listen(arguments.getString("address"), arguments.getBinary("answer", new byte[0]));
            case "deafen" -> deafen(arguments.getString("address"));
            case "heard" -> heard();
            case "node" -> Future.succeededFuture(new JsonObject().put("node", maps.nodeId()));
            default -> maps.handle(command, arguments);
        };
    }

    /** On the plain bus, as any code would. */
    private Future<JsonObject> request(JsonObject arguments) {
        Object body = arguments.containsKey("bytes")
                ? Buffer.buffer(arguments.getBinary("bytes"))
                : arguments.getValue("body");
        return vertx.eventBus()
                .<Object>request(
                        arguments.getString("address"), body, new DeliveryOptions().setSendTimeout(PATIENCE_MILLIS * 3))
                .map(AttackerNode::told)
                .otherwise(AttackerNode::failed);
    }

    private Future<JsonObject> publish(JsonObject arguments) {
        Buffer body = Buffer.buffer(arguments.getBinary("bytes"));
        for (int i = 0; i < arguments.getInteger("count", 1); i++) {
            vertx.eventBus().publish(arguments.getString("address"), body);
        }
        return Future.succeededFuture(new JsonObject());
    }

    /** Writes to a node's bus port, past Vert.x's own sending, and listens where the answer would come. */
    private Future<JsonObject> ask(JsonObject arguments) {
        Promise<JsonObject> answer = Promise.promise();
        MessageConsumer<Object> ear =
                vertx.eventBus().consumer(arguments.getString("reply"), reply -> answer.tryComplete(told(reply)));
        return ear.completion()
                .compose(ready -> write(arguments))
                .compose(written -> {
                    vertx.setTimer(
                            arguments.getLong("patience", PATIENCE_MILLIS), id -> answer.tryComplete(new JsonObject()));
                    return answer.future();
                })
                .eventually(ear::unregister);
    }

    private Future<JsonObject> write(JsonObject arguments) {
        Buffer bytes = Buffer.buffer(arguments.getBinary("wire"));
        Buffer all = Buffer.buffer();
        for (int i = 0; i < arguments.getInteger("count", 1); i++) {
            all.appendBuffer(bytes);
        }
        return client.connect(arguments.getInteger("port"), LOOPBACK)
                .compose(socket -> socket.write(all).eventually(socket::close))
                .map(written -> new JsonObject());
    }

    /** Opens sockets, begins a message on each, and leaves it at that. */
    private Future<JsonObject> hold(JsonObject arguments) {
        Buffer bytes = Buffer.buffer(arguments.getBinary("wire"));
        Future<?> last = Future.succeededFuture();
        for (int i = 0; i < arguments.getInteger("count"); i++) {
            last = last.compose(before -> client.connect(arguments.getInteger("port"), LOOPBACK))
                    .compose(socket -> {
                        held.add(socket);
                        return socket.write(bytes);
                    });
        }
        return last.map(done -> new JsonObject());
    }

    private Future<JsonObject> release() {
        held.forEach(NetSocket::close);
        held.clear();
        return Future.succeededFuture(new JsonObject());
    }

    private Future<JsonObject> listen(String address, byte[] answer) {
        MessageConsumer<Object> ear = vertx.eventBus().consumer(address, message -> {
            heard.add(bytes(message.body()));
            if (answer.length > 0) {
                message.reply(Buffer.buffer(answer));
            }
        });
        ears.put(address, ear);
        return ear.completion().map(ready -> new JsonObject());
    }

    private Future<JsonObject> deafen(String address) {
        MessageConsumer<Object> ear = ears.remove(address);
        return (ear == null ? Future.<Void>succeededFuture() : ear.unregister()).map(done -> new JsonObject());
    }

    /** What was heard since the last time. */
    private Future<JsonObject> heard() {
        JsonArray frames = new JsonArray();
        for (Buffer frame : heard) {
            frames.add(frame.getBytes());
            heard.remove(frame);
        }
        return Future.succeededFuture(new JsonObject().put("frames", frames));
    }

    private static Buffer bytes(Object body) {
        return body instanceof Buffer buffer ? buffer : Buffer.buffer(String.valueOf(body));
    }

    private static JsonObject told(Message<Object> reply) {
        return reply.body() instanceof ReplyException failure
                ? failed(failure)
                : new JsonObject().put("got", bytes(reply.body()).getBytes());
    }

    private static JsonObject failed(Throwable failure) {
        JsonObject told = new JsonObject().put("failure", String.valueOf(failure.getMessage()));
        return failure instanceof ReplyException reply ? told.put("code", reply.failureCode()) : told;
    }
}
