// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Outcomes.assertDenied;
import static dev.latchkey.orchestrator.Outcomes.patient;
import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.Health;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.registration.Notice;
import dev.latchkey.eventbus.registration.RegistrationWire;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orchestrators that cannot be reached, where policy gives tokens of a minute a grace of ten. The clock is the test's. */
class OutageGraceTest {
    private static final String ADDRESS = "greeting.hello";
    private static final Duration PAST_THE_TOKEN = Duration.ofSeconds(75);
    private static final Duration PAST_THE_GRACE = Duration.ofMinutes(11);
    private static final Duration TIME_TO_RENEW = Duration.ofSeconds(31);
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final String POLICY = Realm.POLICY.replace(
            "rotationInterval: 60s, leaseDuration: 60s",
            "rotationInterval: 60s, leaseDuration: 2s, outageGrace: " + GRACE.toMinutes() + "m");
    private static final int CALLERS = 1;
    private static final int GREETERS = 2;

    private final MovingClock clock = new MovingClock();
    private final Realm realm = Realm.withPolicy(POLICY, clock);
    private final Topology topology = Topology.clustered(3);
    private final Set<Vertx> cutOff = ConcurrentHashMap.newKeySet();
    private final Set<Vertx> deaf = ConcurrentHashMap.newKeySet();
    private OrchestratorVerticle orchestrator;
    private SecureEventBus caller;
    private SecureEventBus greeter;

    @BeforeEach
    void join() {
        orchestrator = realm.deployOrchestrator(topology.node(0));
        for (int node : new int[] {CALLERS, GREETERS}) {
            obstruct(topology.node(node));
        }
        caller = realm.join(topology.node(CALLERS), "caller");
        greeter = realm.join(topology.node(GREETERS), "greeter");
        await(greeter.consumer(ADDRESS, message -> message.reply("hello")).completion());
        assertThat(ask()).isEqualTo("hello");
    }

    /** A node whose questions to orchestrators get lost, and one that hears no notices, once it is said to be so. */
    private void obstruct(Vertx node) {
        node.eventBus().addOutboundInterceptor(delivery -> {
            Message<?> message = delivery.message();
            if (!(cutOff.contains(node) && message.address().equals(RegistrationWire.ADDRESS))) {
                delivery.next();
            }
        });
        node.eventBus().addInboundInterceptor(delivery -> {
            if (!(deaf.contains(node) && delivery.message().address().equals(Notice.ADDRESS))) {
                delivery.next();
            }
        });
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    private Object ask() {
        return await(caller.request(ADDRESS, "x", patient())).body();
    }

    private void cutOff(int... nodes) {
        for (int node : nodes) {
            cutOff.add(topology.node(node));
        }
        await().until(() -> caller.health() == Health.DEGRADED);
    }

    /** The caller asks in vain once more, and so knows that the outage goes on. */
    private void advance(Duration time) {
        clock.advance(time);
        await().atMost(Duration.ofSeconds(40)).until(() -> caller.health() == Health.DEGRADED);
    }

    @Test
    void tokenPastItsEnd_inAnOutage_isGoodUntilItsGraceEnds() {
        String before = caller.instance();
        cutOff(CALLERS, GREETERS);
        advance(PAST_THE_TOKEN);
        assertThat(ask()).isEqualTo("hello");
        assertThat(caller.health()).isEqualTo(Health.DEGRADED);
        clock.advance(PAST_THE_GRACE);
        assertThat(caller.health()).isEqualTo(Health.EXPIRED);
        assertDenied(caller.request(ADDRESS, "x", patient()), DenialReason.EXPIRED);
        cutOff.clear();
        // Both: a provider that has not renewed yet lacks the key of a caller's new token.
        await().atMost(Duration.ofSeconds(40)).until(() -> caller.health() == Health.HEALTHY);
        await().atMost(Duration.ofSeconds(40)).until(() -> greeter.health() == Health.HEALTHY);
        assertThat(ask()).isEqualTo("hello");
        assertThat(caller.instance()).isNotEqualTo(before);
    }

    /** The token is replaced, not stretched: the instance has joined anew, as its lease had ended too. */
    @Test
    void tokenPastItsEnd_whenAnOrchestratorAnswers_isRenewed() {
        String before = caller.instance();
        clock.advance(PAST_THE_TOKEN);
        assertThat(ask()).isEqualTo("hello");
        assertThat(caller.instance()).isNotEqualTo(before);
        assertThat(greeter.refusals()).doesNotContainKey(DenialReason.EXPIRED);
    }

    /** Only the caller is cut off, or says so. */
    @Test
    void tokenPastItsEnd_atAReceiverThatReachesOrchestrators_isRefused() {
        cutOff(CALLERS);
        advance(PAST_THE_TOKEN);
        advance(TIME_TO_RENEW);
        await().atMost(Duration.ofSeconds(40))
                .until(() -> greeter.refusals().getOrDefault(DenialReason.EXPIRED, 0L) > 0 || isRefused());
        assertDenied(caller.request(ADDRESS, "x", patient()), DenialReason.EXPIRED);
        assertThat(greeter.refusals()).containsKey(DenialReason.EXPIRED);
    }

    private long newestKey() {
        return Collections.max(await(orchestrator.keyFingerprints("greet")).keySet());
    }

    private boolean isRefused() {
        return await(caller.request(ADDRESS, "x", patient()).map(false).otherwise(true));
    }

    @Test
    void revocation_inTheGrace_isHonouredByTheReceiver() {
        deaf.add(topology.node(CALLERS));
        cutOff(CALLERS, GREETERS);
        advance(PAST_THE_TOKEN);
        assertThat(ask()).isEqualTo("hello");
        await(orchestrator.revokeInstance(caller.instance()));
        await().until(this::isRefused);
        assertDenied(caller.request(ADDRESS, "x", patient()), DenialReason.REVOKED);
        // Its token has ended long ago, and its grace has not.
        advance(PAST_THE_TOKEN.multipliedBy(2));
        assertDenied(caller.request(ADDRESS, "x", patient()), DenialReason.REVOKED);
    }

    /** A provider that renews after the outage, before the callers do, must still open what they send. */
    @Test
    void keys_areHonouredUntilTheGraceOfTheirLastTokenHasEnded() {
        long first = newestKey();
        cutOff(CALLERS, GREETERS);
        advance(PAST_THE_TOKEN.multipliedBy(3));
        await().atMost(Duration.ofSeconds(40)).until(() -> newestKey() > first);
        assertThat(await(orchestrator.keyFingerprints("greet"))).containsKey(first - 1);
        cutOff.remove(topology.node(GREETERS));
        await().atMost(Duration.ofSeconds(40)).until(() -> greeter.health() == Health.HEALTHY);
        assertThat(ask()).isEqualTo("hello");
    }
}
