// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.wire.Envelope;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each metric reads what it is named after. */
class GuardMetricsTest extends GuardedTest {
    private long metric(String key) {
        return requireNonNull(guard.metrics().snapshot().get(key), key);
    }

    @Test
    void metrics_quietGuard_areAllZeroButItsMember() {
        Map<String, Long> rest = new HashMap<>(guard.metrics().snapshot());
        assertThat(rest.remove("latchkey.lease.state{state=HEALTHY}")).isOne();
        assertThat(rest.remove("latchkey.token.age")).isNotNegative();
        assertThat(rest.values()).containsOnly(0L);
    }

    @Test
    void sealed_andPending_countWhatLeaves() {
        RequestCarrier carrier = new RequestCarrier(member, text("x"));
        new OutboundInterceptor(guard).handle(ArrivingMessage.of(guard.codec(), ADDRESS, REPLY, carrier));
        guard.codec().encodeToWire(Buffer.buffer(), carrier);
        assertThat(metric("latchkey.sealed")).isEqualTo(1);
        assertThat(metric("latchkey.pending")).isEqualTo(1);
    }

    @Test
    void opened_tokensAndChunks_countWhatArrives() {
        new InboundInterceptor(guard).handle(arriving(request(new Envelope(ADDRESS, REPLY, true))));
        assertThat(metric("latchkey.opened")).isEqualTo(1);
        assertThat(metric("latchkey.tokens.cached")).isEqualTo(1);
        assertThat(metric("latchkey.replay.chunks")).isEqualTo(1);
    }

    @Test
    void held_countsThoseThatWaitForATokenAndForAClaim() {
        guard.waiting().add(10);
        guard.waiting().add(10);
        guard.claiming().add(7);
        assertThat(metric("latchkey.held")).isEqualTo(3);
        assertThat(metric("latchkey.held.bytes")).isEqualTo(27);
    }

    @Test
    void refusalsBoundsAndAlarms_areReadByKind() {
        guard.refusals().note(DenialReason.TAMPERED, "x");
        guard.bounds().hit(Bound.FRAME_SIZE);
        guard.alarms().raise(Alarm.FORGED_NOTICE, "x");
        assertThat(metric("latchkey.refused{reason=TAMPERED}")).isEqualTo(1);
        assertThat(metric("latchkey.refused{reason=REPLAYED}")).isZero();
        assertThat(metric("latchkey.bound.hit{bound=FRAME_SIZE}")).isEqualTo(1);
        assertThat(metric("latchkey.bound.hit{bound=OBSERVATIONS}")).isZero();
        assertThat(metric("latchkey.alarms{kind=FORGED_NOTICE}")).isEqualTo(1);
    }

    @Test
    void observationsThatDidNotFit_areABoundThatWasHit() {
        guard.observations().note("x".repeat(AddressPattern.MAX_LENGTH + 1), Flow.SENT, "web", Mode.OBSERVE);
        assertThat(metric("latchkey.bound.hit{bound=OBSERVATIONS}")).isEqualTo(1);
    }
}
