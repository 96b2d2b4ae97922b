// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.orchestrator.cluster.ClusterNode;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Nodes that Hazelcast clusters, under load: the primary's providers die one by one, a backup takes over, a provider comes back. A
 * node that ends has requests in hand, whose answers never leave.
 */
class FailoverLoadTest {
    private static final String POLICY = """
            version: 1
            trustDomain: test.latchkey
            defaults: {tokenLifetime: 2s, rotationInterval: 4s, leaseDuration: 2s}
            operations:
              read: {addresses: [read], failover: [read.backup], idempotent: true}
              pay: {addresses: [pay], failover: [pay.backup]}
            services:
              caller: {invokes: [read, pay]}
              main: {provides: [read, pay]}
              spare: {provides: [read, pay]}
            """;
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.failover");
    private static final int AT_ONCE = 16;
    private static final long WORK_MILLIS = 5;
    private static final long ENOUGH = 200;
    private static final long IN_TIME_MILLIS = 8_000;

    private final Realm realm = Realm.withPolicy(POLICY, Clock.systemUTC());
    private final String name = "test-" + UUID.randomUUID();
    private final int first = Topology.freePort();
    private final List<Vertx> nodes = new ArrayList<>();
    private final Load read = new Load("read");
    private final Load pay = new Load("pay");

    private Vertx node() {
        int port = nodes.isEmpty() ? first : Topology.freePort();
        Vertx node = await(ClusterNode.start(ClusterSettings.loopback(name, port, first)));
        nodes.add(node);
        return node;
    }

    private void end(Vertx node) {
        nodes.remove(node);
        await(node.close());
    }

    @AfterEach
    void stop() {
        // The first one last, as it has the orchestrator.
        while (!nodes.isEmpty()) {
            end(nodes.get(nodes.size() - 1));
        }
    }

    private Vertx provide(String service, String suffix) {
        Vertx node = node();
        SecureEventBus bus = realm.join(node, service);
        for (Load load : List.of(read, pay)) {
            await(bus.consumer(load.address + suffix, message -> load.work(node, suffix, message))
                    .completion());
        }
        return node;
    }

    @Test
    void providersThatDieOneByOne_loseNoIdempotentRequest_andTrafficReturns() {
        Vertx callers = node();
        realm.deployOrchestrator(callers);
        Vertx one = provide("main", "");
        Vertx other = provide("main", "");
        provide("spare", ".backup");
        SecureEventBus caller = realm.join(callers, "caller");
        read.start(caller);
        pay.start(caller);
        awaitMoreAnswers("");
        end(one);
        awaitMoreAnswers("");
        end(other);
        awaitMoreAnswers(".backup");
        provide("main", "");
        awaitMoreAnswers("");
        awaitReturn();
        read.stop();
        pay.stop();
        await().atMost(Duration.ofSeconds(30)).until(() -> read.underWay.get() == 0 && pay.underWay.get() == 0);
        report();
        assertThat(read.failed).hasValue(0);
        assertThat(read.answered).hasValue(read.sent.get());
        assertThat(pay.answered.get() + pay.failed.get()).isEqualTo(pay.sent.get());
        assertThat(pay.runs.values()).allMatch(runs -> runs == 1);
    }

    /** Not a request in a while goes to the backups any more. */
    private void awaitReturn() {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            long before = read.answeredAt(".backup") + pay.answeredAt(".backup");
            awaitMoreAnswers("");
            return before == read.answeredAt(".backup") + pay.answeredAt(".backup");
        });
    }

    private void awaitMoreAnswers(String suffix) {
        for (Load load : List.of(read, pay)) {
            long before = load.answeredAt(suffix);
            await().atMost(Duration.ofSeconds(60)).until(() -> load.answeredAt(suffix) >= before + ENOUGH);
        }
    }

    /** The figures, for docs and for whoever looks into a failure. */
    private void report() {
        for (Load load : List.of(read, pay)) {
            LOG.info("failover of " + load.address + ": " + load.sent + " sent, " + load.answered + " answered "
                    + load.byPlace + ", " + load.failed + " failed");
        }
    }

    /** As many requests at one moment as are kept going, each with a number of its own. */
    private static final class Load {
        private final String address;
        private final AtomicBoolean running = new AtomicBoolean(true);
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong underWay = new AtomicLong();
        private final AtomicLong answered = new AtomicLong();
        private final AtomicLong failed = new AtomicLong();
        private final Map<Object, Integer> runs = new ConcurrentHashMap<>();
        private final Map<Object, Long> byPlace = new ConcurrentHashMap<>();

        private Load(String address) {
            this.address = address;
        }

        private void start(SecureEventBus caller) {
            for (int i = 0; i < AT_ONCE; i++) {
                next(caller);
            }
        }

        private void stop() {
            running.set(false);
        }

        private void next(SecureEventBus caller) {
            if (!running.get()) {
                return;
            }
            underWay.incrementAndGet();
            caller.<String>request(
                            address, sent.incrementAndGet(), new DeliveryOptions().setSendTimeout(IN_TIME_MILLIS))
                    .onSuccess(answer -> byPlace.merge(answer.body(), 1L, Long::sum))
                    .onComplete(done -> {
                        (done.succeeded() ? answered : failed).incrementAndGet();
                        next(caller);
                        underWay.decrementAndGet();
                    });
        }

        /** Takes a moment, so that a node that ends has some in hand. */
        private void work(Vertx node, String suffix, Message<Object> message) {
            runs.merge(message.body(), 1, Integer::sum);
            node.timer(WORK_MILLIS).onSuccess(done -> message.reply("at" + suffix));
        }

        private long answeredAt(String suffix) {
            return byPlace.getOrDefault("at" + suffix, 0L);
        }
    }
}
