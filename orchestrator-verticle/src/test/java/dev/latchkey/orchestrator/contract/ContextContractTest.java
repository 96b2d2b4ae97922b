// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where handlers run: threads, contexts, and what is local to them. */
class ContextContractTest extends BusContract {
    private final Deque<Runnable> undeployments = new ArrayDeque<>();

    @AfterEach
    void undeploy() {
        undeployments.forEach(Runnable::run);
    }

    /** Starts a verticle; its context is the result. */
    private Context deploy(Vertx vertx, ThreadingModel model, Supplier<Future<?>> start) {
        Promise<Context> own = Promise.promise();
        Deployable verticle = context -> {
            own.complete(context);
            return start.get();
        };
        String deployment = await(vertx.deployVerticle(verticle, new DeploymentOptions().setThreadingModel(model)));
        undeployments.add(() -> await(vertx.undeploy(deployment)));
        return await(own.future());
    }

    /** Starts a verticle with a consumer. */
    private <T> Context deploy(ThreadingModel model, Handler<Message<T>> handler) {
        return deploy(
                receiverVertx, model, () -> receiver.consumer(address, handler).completion());
    }

    private Object request() {
        return await(sender.request(address, "x")).body();
    }

    private void assumeAvailable(ThreadingModel model) {
        assumeTrue(
                model != ThreadingModel.VIRTUAL_THREAD || ((VertxInternal) receiverVertx).isVirtualThreadAvailable());
    }

    private static ContextInternal current() {
        return (ContextInternal) Vertx.currentContext();
    }

    private static ConcurrentMap<Object, Object> locals() {
        return current().getLocal(ContextInternal.LOCAL_MAP, ConcurrentHashMap::new);
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT_LOOP", "WORKER", "VIRTUAL_THREAD"})
    void handler_runsOnItsVerticlesContext(ThreadingModel model) {
        assumeAvailable(model);
        Promise<ContextInternal> ran = Promise.promise();
        ContextInternal own = (ContextInternal) deploy(model, message -> ran.complete(current()));
        sender.send(address, "x");
        ContextInternal context = await(ran.future());
        assertThat(context.threadingModel()).isEqualTo(model);
        assertThat(context.deploymentID()).isEqualTo(own.deploymentID());
        assertThat(context.unwrap()).isSameAs(own.unwrap());
    }

    @Test
    void handler_ofAnEventLoopVerticle_runsOnAnEventLoop() {
        deploy(ThreadingModel.EVENT_LOOP, message -> message.reply(Context.isOnEventLoopThread()));
        assertThat(request()).isEqualTo(true);
    }

    @Test
    void handler_ofAWorkerVerticle_runsOnAWorker() {
        deploy(ThreadingModel.WORKER, message -> message.reply(Context.isOnWorkerThread()));
        assertThat(request()).isEqualTo(true);
    }

    @Test
    void handler_ofAWorkerVerticle_runsForOneMessageAtATime() {
        AtomicInteger running = new AtomicInteger();
        List<Integer> seen = new CopyOnWriteArrayList<>();
        deploy(ThreadingModel.WORKER, message -> {
            seen.add(running.incrementAndGet());
            running.decrementAndGet();
        });
        for (int i = 0; i < 200; i++) {
            sender.send(address, "x");
        }
        await().untilAsserted(() -> assertThat(seen).hasSize(200).containsOnly(1));
    }

    @Test
    void handler_ofAWorkerVerticle_keepsTheOrder() {
        List<Integer> bodies = new CopyOnWriteArrayList<>();
        this.<Integer>deploy(ThreadingModel.WORKER, message -> bodies.add(message.body()));
        List<Integer> sent = IntStream.range(0, 500).boxed().toList();
        sent.forEach(i -> sender.send(address, i));
        await().untilAsserted(() -> assertThat(bodies).containsExactlyElementsOf(sent));
    }

    @Test
    void handler_onAVirtualThread_mayAwaitAFuture() {
        assumeAvailable(ThreadingModel.VIRTUAL_THREAD);
        String behind = freshAddress();
        consume(receiver, behind, message -> message.reply("awaited"));
        deploy(
                ThreadingModel.VIRTUAL_THREAD,
                message -> message.reply(
                        Future.await(receiver.request(behind, "x")).body()));
        assertThat(request()).isEqualTo("awaited");
    }

    @Test
    void handler_madeOutsideOfAVerticle_runsOnAnEventLoopContextOfItsOwn() {
        Promise<ContextInternal> ran = Promise.promise();
        consume(message -> {
            ran.complete(current());
            message.reply(Context.isOnEventLoopThread());
        });
        assertThat(request()).isEqualTo(true);
        assertThat(await(ran.future()).deploymentID()).isNull();
    }

    @Test
    void handler_madeOnAContext_runsThere() {
        ContextInternal own = (ContextInternal) receiverVertx.getOrCreateContext();
        Promise<Void> registered = Promise.promise();
        Promise<ContextInternal> ran = Promise.promise();
        own.runOnContext(run -> receiver.consumer(address, message -> ran.complete(current()))
                .completion()
                .onComplete(registered));
        await(registered.future());
        sender.send(address, "x");
        assertThat(await(ran.future()).unwrap()).isSameAs(own);
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT_LOOP", "WORKER"})
    void message_isDeliveredOnADuplicateOfItsOwn(ThreadingModel model) {
        List<ContextInternal> contexts = new CopyOnWriteArrayList<>();
        deploy(model, message -> {
            contexts.add(current());
            message.reply("x");
        });
        request();
        request();
        assertThat(contexts).hasSize(2).doesNotHaveDuplicates().allMatch(ContextInternal::isDuplicate);
    }

    @Test
    void message_ofAPublish_isDeliveredOnADuplicateForEachConsumer() {
        List<ContextInternal> contexts = new CopyOnWriteArrayList<>();
        deploy(
                receiverVertx,
                ThreadingModel.EVENT_LOOP,
                () -> Future.all(
                        receiver.consumer(address, message -> contexts.add(current()))
                                .completion(),
                        receiver.consumer(address, message -> contexts.add(current()))
                                .completion()));
        sender.publish(address, "x");
        await().untilAsserted(() ->
                assertThat(contexts).hasSize(2).doesNotHaveDuplicates().allMatch(ContextInternal::isDuplicate));
    }

    @Test
    void locals_doNotLeakBetweenMessages() {
        deploy(ThreadingModel.EVENT_LOOP, message -> message.reply(locals().put("local", "left behind") == null));
        assertThat(request()).isEqualTo(true);
        assertThat(request()).isEqualTo(true);
    }

    @Test
    void locals_doNotLeakFromTheCaller() {
        consume(message -> message.reply(locals().get("local") == null));
        Promise<Message<Object>> answer = Promise.promise();
        ((ContextInternal) senderVertx.getOrCreateContext()).duplicate().runOnContext(run -> {
            locals().put("local", "the caller's");
            sender.request(address, "x").onComplete(answer);
        });
        assertThat(await(answer.future()).body()).isEqualTo(true);
    }

    @Test
    void locals_ofAHandler_areThereWhenItsRequestIsAnswered() {
        String behind = freshAddress();
        consume(receiver, behind, message -> message.reply("x"));
        consume(message -> {
            locals().put("local", "the handler's");
            receiver.request(behind, "x").onSuccess(answer -> message.reply(locals().get("local")));
        });
        assertThat(request()).isEqualTo("the handler's");
    }

    @Test
    void request_inAHandler_completesOnTheSameDuplicate() {
        String behind = freshAddress();
        consume(receiver, behind, message -> message.reply("x"));
        consume(message -> {
            Context own = Vertx.currentContext();
            receiver.request(behind, "x").onSuccess(answer -> message.reply(Vertx.currentContext() == own));
        });
        assertThat(request()).isEqualTo(true);
    }

    @Test
    void replyAndRequest_inAHandler_completesOnTheSameDuplicate() {
        Promise<Boolean> same = Promise.promise();
        consume(message -> {
            Context own = Vertx.currentContext();
            message.replyAndRequest("go on").onSuccess(next -> same.complete(Vertx.currentContext() == own));
        });
        await(sender.request(address, "x")).reply("done");
        assertThat(await(same.future())).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT_LOOP", "WORKER", "VIRTUAL_THREAD"})
    void request_inAVerticle_completesOnItsContext(ThreadingModel model) {
        assumeAvailable(model);
        consume(message -> message.reply("x"));
        Promise<Context> completed = Promise.promise();
        Context own = deploy(senderVertx, model, () -> sender.request(address, "x")
                .onComplete(answer -> completed.complete(Vertx.currentContext())));
        assertThat(await(completed.future())).isSameAs(own);
    }
}
