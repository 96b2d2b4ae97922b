// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.SecureEventBus;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An orchestrator's clock that steps back could give a token a timestamp, and so keys, that its instance had before. */
class SteppedClockTest {
    private static final String SHORT = Realm.POLICY.replace("60s", "2s");

    private final MovingClock clock = new MovingClock();
    private final Realm realm = Realm.withPolicy(SHORT, clock);
    private final Topology topology = Topology.local();

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void renewal_byAClockThatSteppedBack_isReplacedByAFreshSeed() {
        realm.deployOrchestrator(topology.node(0));
        SecureEventBus greeter = realm.join(topology.node(0), "greeter");
        await(greeter.consumer("greeting.hello", message -> message.reply("Hello"))
                .completion());
        SecureEventBus caller = realm.join(topology.node(0), "caller");
        String before = caller.instance();
        clock.advance(Duration.ofSeconds(-20));
        await().until(() -> !caller.instance().equals(before));
        await().until(() ->
                await(caller.request("greeting.hello", "x").map(true).otherwise(false)));
        assertThat(caller.invokes()).containsExactly("greet");
    }
}
