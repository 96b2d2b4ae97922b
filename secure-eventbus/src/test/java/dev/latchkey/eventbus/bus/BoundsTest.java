// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.eventbus.wire.Content;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.impl.CodecManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is too much is refused, and counted. */
class BoundsTest extends GuardedTest {
    private static final int LIMIT = SecureEventBusOptions.DEFAULT_MAX_FRAME_SIZE;

    private InboundInterceptor gate;

    @BeforeEach
    void build() {
        gate = new InboundInterceptor(guard);
    }

    private long metric(String key) {
        return requireNonNull(guard.metrics().snapshot().get(key));
    }

    @Test
    void frame_thatIsTooLarge_isRefusedUncopied() {
        ArrivingMessage message = ArrivingMessage.sealed(guard, ADDRESS, REPLY, new byte[LIMIT + 1]);
        gate.handle(message);
        assertRefused(message, DenialReason.OVERLOADED);
        assertThat(((Delivery) message.body()).frame()).isNull();
        assertThat(metric("latchkey.bound.hit{bound=FRAME_SIZE}")).isEqualTo(1);
        assertThat(metric("latchkey.refused{reason=OVERLOADED}")).isEqualTo(1);
    }

    @Test
    void frame_ofTheLimit_isLookedAt() {
        ArrivingMessage message = ArrivingMessage.sealed(guard, ADDRESS, REPLY, new byte[LIMIT]);
        gate.handle(message);
        assertRefused(message, DenialReason.MALFORMED);
        assertThat(metric("latchkey.bound.hit{bound=FRAME_SIZE}")).isZero();
    }

    @Test
    void frames_mayBeAsLargeAsTheLargestThatAMemberAskedFor() {
        FrameLimit limit = new FrameLimit();
        assertThat(limit.isExceededBy(LIMIT)).isFalse();
        limit.ask(20_000);
        limit.ask(16_384);
        assertThat(limit.isExceededBy(20_000)).isFalse();
        assertThat(limit.isExceededBy(20_001)).isTrue();
    }

    @Test
    void message_thatWouldBeTooLarge_isNotSent() {
        FrameLimit small = new FrameLimit();
        small.ask(200);
        SecureCodec codec = new SecureCodec(small, guard.bounds());
        RequestCarrier carrier = new RequestCarrier(
                member, Content.of(CodecManager.BUFFER_MESSAGE_CODEC, Buffer.buffer(new byte[1000]), null));
        new OutboundInterceptor(guard).handle(ArrivingMessage.of(guard.codec(), ADDRESS, null, carrier));
        assertThat(carrier.isAllowed()).isTrue();
        Buffer wire = Buffer.buffer();
        codec.encodeToWire(wire, carrier);
        assertThat(wire.length()).isZero();
        assertThat(requireNonNull(carrier.denial()).reason()).isEqualTo(DenialReason.UNWRITABLE_BODY);
        assertThat(codec.sealed()).isZero();
    }

    @Test
    void requests_beyondTheBound_areRefused() {
        RequestCarrier carrier = allowed();
        for (int i = 0; i < PendingReplies.MAX; i++) {
            guard.expect("reply." + i, carrier);
        }
        assertThat(metric("latchkey.pending")).isEqualTo(PendingReplies.MAX);
        RequestCarrier one = new RequestCarrier(member, text("one too many"));
        ArrivingMessage leaving = ArrivingMessage.of(guard.codec(), ADDRESS, REPLY, one);
        new OutboundInterceptor(guard).handle(leaving);
        assertThat(requireNonNull(one.denial()).reason()).isEqualTo(DenialReason.OVERLOADED);
        assertThat(metric("latchkey.bound.hit{bound=PENDING_REQUESTS}")).isEqualTo(1);
    }

    private RequestCarrier allowed() {
        RequestCarrier carrier = new RequestCarrier(member, text("x"));
        new OutboundInterceptor(guard).handle(ArrivingMessage.of(guard.codec(), ADDRESS, null, carrier));
        return carrier;
    }

    @Test
    void messages_thatPass_areCounted() {
        gate.handle(arriving(request(envelope())));
        assertThat(metric("latchkey.opened")).isEqualTo(1);
        assertThat(metric("latchkey.tokens.cached")).isEqualTo(1);
        assertThat(metric("latchkey.replay.chunks")).isEqualTo(1);
        assertThat(guard.bounds().of(Bound.TOKENS_CACHED)).isZero();
    }

    @Test
    void hit_isLoggedFirstAndWheneverTheNumberDoubles() {
        Bounds bounds = new Bounds();
        try (LogLines log = LogLines.of("dev.latchkey.bounds")) {
            for (int i = 0; i < 5; i++) {
                bounds.hit(Bound.FRAME_SIZE);
            }
            assertThat(log.all()).hasSize(3).allMatch(line -> line.contains(Bound.FRAME_SIZE.text()));
            assertThat(log.all().get(2)).contains("4 so far");
        }
    }
}
