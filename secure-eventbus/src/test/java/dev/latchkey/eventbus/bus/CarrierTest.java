// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

/** How often a message is sealed. */
class CarrierTest extends GuardedTest {
    private RequestCarrier allowed() {
        RequestCarrier carrier = new RequestCarrier(member, text("secret"));
        new OutboundInterceptor(guard).handle(ArrivingMessage.of(guard.codec(), ADDRESS, null, carrier));
        return carrier;
    }

    /** A send has one receiver, so it is not kept; sealed anew it would be another message, which no memory takes for a replay. */
    @Test
    void encode_sendTwice_isNotSealedAgain() {
        RequestCarrier carrier = allowed();
        Buffer one = Buffer.buffer();
        Buffer two = Buffer.buffer("x");
        guard.codec().encodeToWire(one, carrier);
        long sequence = carrier.sequence();
        guard.codec().encodeToWire(two, carrier);
        assertThat(one.length()).isPositive();
        assertThat(two.toString()).isEqualTo("x");
        assertThat(carrier.sequence()).isEqualTo(sequence);
        assertThat(requireNonNull(carrier.denial()).reason()).isEqualTo(DenialReason.UNWRITABLE_BODY);
    }

    @Test
    void sentName_beforeAndAfterItWasSealed_isWhatTheFrameSays() {
        RequestCarrier carrier = allowed();
        assertThat(carrier.hasLeft()).isFalse();
        assertThat(carrier.sentName()).isNull();
        Buffer out = Buffer.buffer();
        guard.codec().encodeToWire(out, carrier);
        assertThat(carrier.hasLeft()).isTrue();
        assertThat(requireNonNull(carrier.sentName()).sequence())
                .isEqualTo(BusFixture.frame(out.getBytes()).sequence());
        assertThat(requireNonNull(carrier.sentName()).token())
                .isEqualTo(BusFixture.frame(out.getBytes()).tokenId());
    }
}
