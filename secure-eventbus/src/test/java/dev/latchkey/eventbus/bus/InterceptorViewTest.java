// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.wire.Envelope;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.impl.CodecManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Interceptors of an application see messages as on the plain bus, and can be taken off again. */
class InterceptorViewTest extends GuardedTest {
    private final List<DeliveryContext<Object>> seen = new ArrayList<>();
    private final Handler<DeliveryContext<Object>> interceptor = seen::add;

    private InterceptorView<Object> view() {
        return view(interceptor);
    }

    private InterceptorView<Object> view(Handler<DeliveryContext<Object>> of) {
        return new InterceptorView<>(of, guard, new Exchange(guard));
    }

    @Test
    void ownAddress_isNotTheApplications() {
        ArrivingMessage message = ArrivingMessage.of(CodecManager.STRING_MESSAGE_CODEC, "latchkey.x", null, "x");
        view().handle(message);
        assertThat(seen).isEmpty();
        assertThat(message.passed).isOne();
    }

    @Test
    void plainMessage_isShownAsItIs() {
        ArrivingMessage message = ArrivingMessage.of(CodecManager.STRING_MESSAGE_CODEC, "plain", null, "x");
        view().handle(message);
        assertThat(seen).singleElement().isSameAs(message);
        assertThat(message.passed).isZero();
    }

    @Test
    void sealedMessage_opened_isShownPlain() {
        ArrivingMessage message = arriving(request(envelope()));
        new RequestGate(guard).handle(message, FakeOrchestrator.IMAGE);
        view().handle(message);
        DeliveryContext<Object> shown = seen.get(0);
        assertThat(shown.message().body()).isEqualTo("secret");
        assertThat(shown.body()).isEqualTo("secret");
        assertThat(shown.send()).isTrue();
        int before = message.passed;
        shown.next();
        assertThat(message.passed).isEqualTo(before + 1);
    }

    @Test
    void sealedMessage_notOpened_isShownAsItIs() {
        ArrivingMessage message = arriving(request(envelope()));
        view().handle(message);
        assertThat(seen).singleElement().isSameAs(message);
    }

    @Test
    void publish_opened_isShownAsOne() {
        byte[] frame = request(new Envelope(ADDRESS, null, false));
        ArrivingMessage message = ArrivingMessage.sealed(guard, ADDRESS, null, false, Buffer.buffer(frame));
        new RequestGate(guard).handle(message, FakeOrchestrator.IMAGE);
        view().handle(message);
        assertThat(seen.get(0).send()).isFalse();
    }

    @Test
    void messageOnItsWayOut_isShownPlain() {
        RequestCarrier carrier = new RequestCarrier(member, text("out"));
        view().handle(ArrivingMessage.of(guard.codec(), ADDRESS, null, carrier));
        assertThat(seen.get(0).message().body()).isEqualTo("out");
        assertThat(seen.get(0).body()).isEqualTo("out");
    }

    @Test
    void viewsOfOneInterceptor_areEqual_soThatItCanBeRemoved() {
        Handler<DeliveryContext<Object>> another = DeliveryContext::next;
        assertThat(view()).isEqualTo(view()).hasSameHashCodeAs(view());
        assertThat(view()).isNotEqualTo(view(another)).isNotEqualTo(interceptor);
        assertThat(view().hashCode()).isEqualTo(interceptor.hashCode());
    }
}
