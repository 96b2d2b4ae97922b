// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.Question;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.eventbus.registration.RegistrationWire;
import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeFolder;
import dev.latchkey.examples.node.NodeSettings;
import dev.latchkey.examples.node.RawCodec;
import dev.latchkey.examples.node.RawFrame;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who joined the cluster and has plain Vert.x, a socket, and time. It knows the code of Latchkey and the trust bundle,
 * which are public; it has no credential.
 */
final class IntruderNode implements NodeCommands {
    private static final long PATIENCE_MILLIS = 1_500;

    private final Vertx vertx;
    private final TrustBundle trust;
    /** Held, since Vert.x closes a client that nobody refers to any more. */
    private final NetClient client;

    private final List<Buffer> heard = new CopyOnWriteArrayList<>();
    private @Nullable MessageConsumer<Object> ear;

    private IntruderNode(Vertx vertx, TrustBundle trust) {
        this.vertx = vertx;
        this.trust = trust;
        this.client = vertx.createNetClient();
    }

    static Future<NodeCommands> start(Vertx vertx, NodeSettings settings) {
        vertx.eventBus().registerCodec(new RawCodec());
        return Future.succeededFuture(
                new IntruderNode(vertx, TrustBundle.load(settings.folder().resolve(NodeFolder.TRUST))));
    }

    @Override
    public Future<JsonObject> handle(String command, JsonObject arguments) {
        return switch (command) {
            case "plaintext" -> plaintext(arguments);
            case "listen" -> listen(arguments.getString("address"));
            case "heard" -> heard();
            case "inject" -> inject(arguments);
            case "register" -> register(arguments.getString("service"));
            default -> NodeCommands.unknown(command);
        };
    }

    private Future<JsonObject> plaintext(JsonObject arguments) {
        DeliveryOptions options = new DeliveryOptions().setSendTimeout(PATIENCE_MILLIS);
        return vertx.eventBus()
                .<Object>request(arguments.getString("address"), arguments.getValue("body"), options)
                .map(IntruderNode::got)
                .otherwise(IntruderNode::failed);
    }

    private static JsonObject got(Message<Object> answer) {
        return new JsonObject().put("got", String.valueOf(answer.body()));
    }

    private static JsonObject failed(Throwable failure) {
        JsonObject told = new JsonObject().put("failure", String.valueOf(failure.getMessage()));
        return failure instanceof ReplyException reply ? told.put("code", reply.failureCode()) : told;
    }

    private Future<JsonObject> listen(String address) {
        MessageConsumer<Object> consumer =
                vertx.eventBus().consumer(address, message -> heard.add((Buffer) message.body()));
        ear = consumer;
        return consumer.completion().map(registered -> new JsonObject());
    }

    /** What was heard so far; the first call that has something to tell also ends the listening. */
    private Future<JsonObject> heard() {
        JsonArray frames = new JsonArray();
        heard.forEach(frame -> frames.add(frame.getBytes()));
        MessageConsumer<Object> consumer = ear;
        Future<?> ended = frames.isEmpty() || consumer == null ? Future.succeededFuture() : consumer.unregister();
        return ended.map(done -> new JsonObject().put("frames", frames));
    }

    /** Writes a message to a node's bus port, past Vert.x's own sending, and waits a while for an answer if there is one. */
    private Future<JsonObject> inject(JsonObject arguments) {
        int port = arguments.getInteger("port");
        if (arguments.containsKey("wire")) {
            return write(port, Buffer.buffer(arguments.getBinary("wire")));
        }
        return arguments.getBoolean("publish", false) ? write(port, frame(arguments, false, "")) : ask(port, arguments);
    }

    private Future<JsonObject> ask(int port, JsonObject arguments) {
        String replyAddress = "intruder." + UUID.randomUUID();
        Promise<JsonObject> answer = Promise.promise();
        MessageConsumer<Object> ears =
                vertx.eventBus().consumer(replyAddress, reply -> answer.tryComplete(told(reply)));
        vertx.setTimer(PATIENCE_MILLIS, id -> answer.tryComplete(new JsonObject().put("failure", "no answer")));
        return ears.completion()
                .compose(ready -> write(port, frame(arguments, true, replyAddress)))
                .compose(written -> answer.future())
                .eventually(ears::unregister);
    }

    private Future<JsonObject> write(int port, Buffer frame) {
        return client.connect(port, "127.0.0.1")
                .compose(socket -> socket.write(frame).eventually(socket::close))
                .map(written -> new JsonObject());
    }

    private Buffer frame(JsonObject arguments, boolean send, String replyAddress) {
        String nodeId = ((VertxInternal) vertx).clusterManager().getNodeId();
        return RawFrame.message(
                RawCodec.NAME, send, arguments.getString("address"), replyAddress, nodeId, arguments.getBinary("body"));
    }

    private static JsonObject told(Message<Object> reply) {
        return reply.body() instanceof ReplyException failure ? failed(failure) : got(reply);
    }

    /** Asks an orchestrator for tokens, with no credential to show. */
    private Future<JsonObject> register(String service) {
        Registration registration = new Registration(
                RegistrationKind.REGISTER,
                System.currentTimeMillis(),
                service,
                "",
                "",
                Set.of(),
                Set.of(),
                SecretBytes.random(Registration.SEED_LENGTH));
        Question question = Question.seal(registration, trust.registrationKey(), trust.trustDomain());
        return vertx.eventBus()
                .<Buffer>request(RegistrationWire.ADDRESS, question.sealed())
                .map(answer -> outcome(question, answer.body()))
                .otherwise(IntruderNode::failed);
    }

    private static JsonObject outcome(Question question, Buffer sealed) {
        try {
            Answer answer = question.open(sealed);
            return answer instanceof Answer.Denied denied
                    ? new JsonObject().put("code", denied.reason().code()).put("failure", denied.detail())
                    : new JsonObject().put("got", "a lease");
        } catch (OpenFailedException e) {
            return failed(e);
        }
    }
}
