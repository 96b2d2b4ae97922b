// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.token.GrantMaker;
import dev.latchkey.eventbus.token.Issuing;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Both sides of tokens, and frames between them. */
final class BusFixture {
    static final long NOW = GrantMaker.TIMESTAMP + 10;
    static final Envelope ENVELOPE = new Envelope("image.process", "__vertx.reply.1", true);
    static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    private BusFixture() {}

    static CallerSession caller(Issuing issuing, ServiceToken token) {
        return CallerSession.derive(token, issuing.seed);
    }

    static ProviderSession provider(Issuing issuing, ServiceToken token) throws Refusal {
        try (SaltedBox box = issuing.box()) {
            return ProviderSession.admit(token, box, new ReplayBudget(new Bounds()));
        }
    }

    static Frame frame(byte[] bytes) {
        return requireNonNull(Frame.parse(0, Buffer.buffer(bytes)));
    }

    static Frame request(CallerSession caller) {
        return frame(Sealing.frame(caller, NOW, ENVELOPE, CONTENT));
    }

    static Frame reply(Session session) {
        return frame(Sealing.frame(session.replies(), NOW, ENVELOPE, CONTENT));
    }

    static void assertRefused(DenialReason reason, ThrowingCallable use) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(use)
                .extracting(Refusal::reason)
                .isEqualTo(reason);
    }
}
