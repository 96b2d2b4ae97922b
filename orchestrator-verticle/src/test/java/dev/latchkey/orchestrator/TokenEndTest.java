// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Outcomes.assertDenied;
import static dev.latchkey.orchestrator.Outcomes.patient;
import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A token that ends while a request is under way, and orchestrators that are gone when the next one is due. */
class TokenEndTest {
    private static final String ADDRESS = "greeting.hello";
    private static final Duration ENDED_JUST_NOW = Duration.ofSeconds(75);
    /** So long that nobody keeps keys for an answer any more. */
    private static final Duration ENDED_LONG_AGO = Duration.ofMinutes(30);

    @Nested
    class OnOneNode extends Cases {
        OnOneNode() {
            super(Realm.POLICY, Topology.local());
        }

        /** Both sides hold one session here, the caller's, and it lives until the caller renews. */
        @Test
        void answer_afterTheProvidersSweep_stillArrives() {
            Future<Message<Object>> request = request();
            Message<Object> message = await(handling.future());
            clock.advance(ENDED_LONG_AGO);
            sweepTheProvidersNode();
            message.reply("late");
            assertThat(await(request).body()).isEqualTo("late");
        }
    }

    @Nested
    class OnTwoClusteredNodes extends Cases {
        OnTwoClusteredNodes() {
            super(Realm.POLICY, Topology.clustered(2));
        }

        @Test
        void answer_afterTheProvidersSweep_becomesARefusal() {
            Future<Message<Object>> request = request();
            Message<Object> message = await(handling.future());
            clock.advance(ENDED_LONG_AGO);
            sweepTheProvidersNode();
            message.reply("late");
            assertDenied(request, DenialReason.EXPIRED);
        }

        @Test
        void question_afterTheProvidersSweep_isRefusedOnBothSides() {
            Future<Message<Object>> request = request();
            Message<Object> message = await(handling.future());
            clock.advance(ENDED_LONG_AGO);
            sweepTheProvidersNode();
            assertDenied(message.replyAndRequest("name?", patient()), DenialReason.EXPIRED);
            assertDenied(request, DenialReason.EXPIRED);
        }

        @Test
        void question_thatWaitsThroughTheProvidersSweep_isExpired() {
            Future<Message<Object>> request = request();
            Future<Message<Object>> question = await(handling.future()).replyAndRequest("name?", patient());
            await(request);
            clock.advance(ENDED_LONG_AGO);
            sweepTheProvidersNode();
            assertDenied(question, DenialReason.EXPIRED);
        }
    }

    @Nested
    class RenewedOnOneNode extends Renewed {
        RenewedOnOneNode() {
            super(Topology.local());
        }
    }

    @Nested
    class RenewedOnTwoClusteredNodes extends Renewed {
        RenewedOnTwoClusteredNodes() {
            super(Topology.clustered(2));
        }
    }

    /** With leases so short that they are renewed while a request is under way. */
    abstract static class Renewed extends Cases {
        Renewed(Topology topology) {
            super(Realm.POLICY.replace("leaseDuration: 60s", "leaseDuration: 2s"), topology);
        }

        @Test
        void request_whoseTokenEndedLongAgo_isExpiredOnceTheCallerRenewed() {
            Future<Message<Object>> request = request();
            await(handling.future());
            clock.advance(ENDED_LONG_AGO);
            assertDenied(request, DenialReason.EXPIRED);
        }
    }

    abstract static class Cases {
        final MovingClock clock = new MovingClock();
        final Promise<Message<Object>> handling = Promise.promise();
        private final Realm realm;
        private final Topology topology;
        private String orchestrator;
        private SecureEventBus caller;
        private SecureEventBus greeter;

        Cases(String policy, Topology topology) {
            this.realm = Realm.withPolicy(policy, clock);
            this.topology = topology;
        }

        @BeforeEach
        void join() {
            orchestrator = await(topology.node(0).deployVerticle(realm.orchestrator()));
            caller = realm.join(topology.node(0), "caller");
            greeter = realm.join(topology.node(1), "greeter");
            await(greeter.consumer(ADDRESS, handling::complete).completion());
        }

        @AfterEach
        void stop() {
            topology.close();
        }

        final Future<Message<Object>> request() {
            return caller.request(ADDRESS, "x", patient());
        }

        /** Whatever a member learns makes its node forget the sessions that have ended. */
        final void sweepTheProvidersNode() {
            realm.join(topology.node(1), "counter");
        }

        @Test
        void answer_toATokenThatEndedMeanwhile_stillArrives() {
            Future<Message<Object>> request = request();
            Message<Object> message = await(handling.future());
            clock.advance(ENDED_JUST_NOW);
            sweepTheProvidersNode();
            message.reply("late");
            assertThat(await(request).body()).isEqualTo("late");
        }

        @Test
        void orchestratorsThatAreGone_areMissedWhenTheTokenEnds() {
            await(topology.node(0).undeploy(orchestrator));
            await(greeter.consumer("greeting.room.1", message -> message.reply("x"))
                    .completion());
            assertThat(await(caller.request("greeting.room.1", "x", patient())).body())
                    .isEqualTo("x");
            clock.advance(ENDED_JUST_NOW);
            assertDenied(caller.request("greeting.room.1", "x", patient()), DenialReason.EXPIRED);
        }
    }
}
