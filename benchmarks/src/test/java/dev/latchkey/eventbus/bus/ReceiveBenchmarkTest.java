// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each benchmark of the gate does what it says it measures. */
class ReceiveBenchmarkTest {
    private static final long NOW = 1_800_000_000_000L;

    @ParameterizedTest
    @ValueSource(ints = {256, 4096})
    void eachStep_doesItsWork(int size) throws Exception {
        ReceiveBenchmark benchmark = new ReceiveBenchmark();
        benchmark.size = size;
        benchmark.setUp();
        Buffer body = Buffer.buffer(new byte[size]);
        assertThat(benchmark.decode().body()).isEqualTo(body);
        assertThat(benchmark.open()).isEqualTo(benchmark.encode().length);
        assertThat(benchmark.cutFrame().length())
                .isEqualTo(benchmark.sealRequest().length());
        assertThat(benchmark.allChecks().body()).isEqualTo(body);
        assertThat(benchmark.replayCheck()).isNull();
        assertThat(benchmark.addressLookup()).isNotNull();
        assertThat(benchmark.tokenLookup()).isNotNull();
        benchmark.scopeCheck();
        benchmark.admit();
        benchmark.tearDown();
    }

    @Test
    void check_ofTheSameFrameTwice_isRefused() throws Exception {
        try (Issuer issuer = new Issuer(NOW);
                Receiver receiver = receiver(issuer)) {
            Envelope envelope = new Envelope(Receiver.address(0), null, true);
            Frame frame = frame(issuer, receiver, envelope);
            receiver.check(frame, envelope);
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> receiver.check(frame, envelope))
                    .extracting(Refusal::reason)
                    .isEqualTo(DenialReason.REPLAYED);
        }
    }

    @Test
    void check_atAnAddressOutOfScope_isRefused() throws Exception {
        try (Issuer issuer = new Issuer(NOW);
                Receiver receiver = receiver(issuer)) {
            Envelope envelope = new Envelope(Receiver.address(1), null, true);
            Frame frame = frame(issuer, receiver, envelope);
            assertThatExceptionOfType(Refusal.class)
                    .isThrownBy(() -> receiver.check(frame, envelope))
                    .extracting(Refusal::reason)
                    .isEqualTo(DenialReason.OUT_OF_SCOPE);
        }
    }

    private static Receiver receiver(Issuer issuer) {
        return new Receiver(issuer, 2, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
    }

    private static Frame frame(Issuer issuer, Receiver receiver, Envelope envelope) {
        try (CallerSession caller = issuer.caller(issuer.token(1, 0, receiver.providerKey()))) {
            Buffer wire = Buffer.buffer();
            caller.seal(NOW, envelope, out -> out.appendBytes(new byte[] {0, 0}), wire);
            return Objects.requireNonNull(Frame.parse(0, wire));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "7, 3, 0", "7, 3, 2"})
    void manyCallers_areAllKnown_andTakeHeap(int tokens, int operations, int together) throws Exception {
        ManyCallers.Result result = ManyCallers.measure(tokens, operations, together, 100);
        assertThat(result.tokens()).isEqualTo(tokens);
        assertThat(result.operations()).isEqualTo(operations);
        assertThat(result.together()).isEqualTo(together);
        assertThat(result.nanosPerMessage()).isPositive();
    }
}
