// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Outcomes.assertDenied;
import static dev.latchkey.orchestrator.Outcomes.patient;
import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.Health;
import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orchestrators that are all gone for a while, and instances that are: what they hold is good until it ends, and no longer. */
class OutageTest {
    private static final String ADDRESS = "greeting.hello";
    private static final Duration PAST_ALL = Duration.ofSeconds(75);
    private static final String BRIEF_LEASES = Realm.POLICY.replace("leaseDuration: 60s", "leaseDuration: 2s");

    private final MovingClock clock = new MovingClock();
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private static void greet(SecureEventBus greeter) {
        await(greeter.consumer(ADDRESS, message -> message.reply("hello")).completion());
    }

    private static Object ask(SecureEventBus caller) {
        return await(caller.request(ADDRESS, "x", patient())).body();
    }

    @Test
    void outage_degradesThenExpires_andEndsByItself() {
        Realm realm = Realm.withPolicy(BRIEF_LEASES, clock);
        String orchestrator = await(vertx.deployVerticle(realm.orchestrator()));
        SecureEventBus caller = realm.join(vertx, "caller");
        greet(realm.join(vertx, "greeter"));
        List<Health> told = new CopyOnWriteArrayList<>();
        caller.healthHandler(told::add);
        assertThat(caller.health()).isEqualTo(Health.HEALTHY);
        await(vertx.undeploy(orchestrator));
        await().until(() -> told.contains(Health.DEGRADED));
        assertThat(caller.health()).isEqualTo(Health.DEGRADED);
        // Its lease has ended, but it asked in vain: its token is still good.
        assertThat(ask(caller)).isEqualTo("hello");
        clock.advance(PAST_ALL);
        assertThat(caller.health()).isEqualTo(Health.EXPIRED);
        assertDenied(caller.request(ADDRESS, "x", patient()), DenialReason.EXPIRED);
        realm.deployOrchestrator(vertx);
        await().until(() -> caller.health() == Health.HEALTHY);
        assertThat(ask(caller)).isEqualTo("hello");
        assertThat(told).containsExactly(Health.DEGRADED, Health.EXPIRED, Health.HEALTHY);
    }

    @Test
    void instance_thatSleptPastItsLease_joinsAgainBeforeItSends() {
        Realm realm = Realm.withPolicy(Realm.POLICY, clock);
        realm.deployOrchestrator(vertx);
        SecureEventBus caller = realm.join(vertx, "caller");
        greet(realm.join(vertx, "greeter"));
        String before = caller.instance();
        clock.advance(PAST_ALL);
        assertThatExceptionOfType(DeniedException.class)
                .isThrownBy(() -> caller.send(ADDRESS, "x"))
                .returns(DenialReason.EXPIRED, DeniedException::reason);
        assertThat(ask(caller)).isEqualTo("hello");
        assertThat(caller.instance()).isNotEqualTo(before);
    }

    /** Its tokens live on, but whether they were revoked meanwhile it cannot know. */
    @Test
    void instance_thatSleptPastItsLeaseOnly_doesNotGoOnWithItsTokens() {
        Realm realm = Realm.withPolicy(Realm.POLICY.replace("tokenLifetime: 60s", "tokenLifetime: 1h"), clock);
        realm.deployOrchestrator(vertx);
        SecureEventBus caller = realm.join(vertx, "caller");
        greet(realm.join(vertx, "greeter"));
        clock.advance(PAST_ALL);
        assertThatExceptionOfType(DeniedException.class)
                .isThrownBy(() -> caller.send(ADDRESS, "x"))
                .returns(DenialReason.EXPIRED, DeniedException::reason);
        assertThat(ask(caller)).isEqualTo("hello");
    }
}
