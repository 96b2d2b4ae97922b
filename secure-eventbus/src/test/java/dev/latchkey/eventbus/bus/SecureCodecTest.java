// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static dev.latchkey.eventbus.bus.BusFixture.ENVELOPE;
import static dev.latchkey.eventbus.bus.BusFixture.NOW;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.token.Issuing;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import dev.latchkey.eventbus.wire.Plaintext;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.eventbus.impl.CodecManager;
import io.vertx.core.eventbus.impl.EventBusImpl;
import io.vertx.core.eventbus.impl.MessageImpl;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecureCodecTest {
    private final Bounds bounds = new Bounds();
    private final SecureCodec codec = new SecureCodec(new FrameLimit(), bounds);
    private final Issuing issuing = new Issuing();
    private final ServiceToken token = issuing.mint();
    private final CallerSession caller = BusFixture.caller(issuing, token);

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("codec"),
                new ClassCastException("codec"),
                new StackOverflowError("codec"),
                new NoClassDefFoundError("codec"),
                new AssertionError("codec"),
                new IOException("codec"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void encode_innerCodecThrows_sealsAFailureAndDenies(Throwable failure) throws Refusal {
        ReplyCarrier carrier = allowed(content(failure));
        Buffer out = Buffer.buffer("before");
        codec.encodeToWire(out, carrier);
        assertThat(opened(out, 6)).contains("UNWRITABLE_BODY");
        assertUnwritable(carrier, failure);
    }

    private String opened(Buffer wire, int position) throws Refusal {
        Frame frame = requireNonNull(decode(position, wire).frame());
        try (Plaintext content = BusFixture.provider(issuing, token).openReply(frame, ENVELOPE, () -> {})) {
            return content.buffer().toString();
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void transform_innerCodecThrows_isAFailureAndDenies(Throwable failure) {
        ReplyCarrier carrier = allowed(content(failure));
        DeniedException told = (DeniedException) codec.transform(carrier);
        assertThat(told.reason()).isEqualTo(DenialReason.UNWRITABLE_BODY);
        assertThat(told.getCause()).isNull();
        assertUnwritable(carrier, failure);
    }

    @Test
    void encode_denied_tellsTheOneWhoWaits() {
        ReplyCarrier carrier = allowed(content(new IllegalStateException()));
        List<Throwable> told = new ArrayList<>();
        carrier.onStopped(told::add);
        codec.encodeToWire(Buffer.buffer(), carrier);
        assertThat(told)
                .extracting(why -> ((DeniedException) why).reason())
                .containsExactly(DenialReason.UNWRITABLE_BODY);
        assertThat(carrier.isAllowed()).isFalse();
    }

    @Test
    void encode_neverAllowed_appendsNothing() {
        ReplyCarrier carrier = carrier(text("secret"));
        Buffer out = Buffer.buffer();
        codec.encodeToWire(out, carrier);
        assertThat(out.length()).isZero();
        assertThat(carrier.isAllowed()).isFalse();
    }

    @Test
    void encode_bodyOfAnotherTypeThanItsCodecs_sealsAFailure() throws Refusal {
        Content wrong = new Content(CodecManager.JSON_OBJECT_MESSAGE_CODEC, "text", null);
        Buffer out = Buffer.buffer();
        codec.encodeToWire(out, allowed(wrong));
        assertThat(opened(out, 0)).contains("UNWRITABLE_BODY");
    }

    @Test
    void encode_sessionClosed_appendsNothing() {
        ReplyCarrier carrier = allowed(text("secret"));
        caller.close();
        Buffer out = Buffer.buffer();
        codec.encodeToWire(out, carrier);
        assertThat(out.length()).isZero();
        assertThat(requireNonNull(carrier.denial()).reason()).isEqualTo(DenialReason.UNWRITABLE_BODY);
    }

    @Test
    void encode_sessionEnded_deniesForThatReason() {
        ReplyCarrier carrier = allowed(text("secret"));
        caller.end(DenialReason.LEFT);
        codec.encodeToWire(Buffer.buffer(), carrier);
        assertThat(requireNonNull(carrier.denial()).reason()).isEqualTo(DenialReason.LEFT);
    }

    @Test
    void encode_publishTwice_sealsOnce() {
        ReplyCarrier carrier = carrier(text("secret"));
        carrier.allow(new Envelope(ENVELOPE.address(), null, false));
        Buffer one = Buffer.buffer();
        Buffer two = Buffer.buffer("x");
        codec.encodeToWire(one, carrier);
        codec.encodeToWire(two, carrier);
        assertThat(one.length()).isPositive();
        assertThat(two.getBuffer(1, two.length())).isEqualTo(one);
    }

    /** The body is written where it will be sealed, so what its codec wrote before it failed must not stay there. */
    @Test
    void encode_innerCodecFailsHalfWay_leavesNoPlaintextInTheBuffer() {
        Buffer out = Buffer.buffer("before");
        codec.encodeToWire(out, allowed(content(new IllegalStateException())));
        byte[] all = ((BufferInternal) out).unwrap().array();
        assertThat(new String(all, StandardCharsets.ISO_8859_1))
                .startsWith("before")
                .doesNotContain("half of it");
    }

    /** The cipher is what fails, with the whole body in the buffer. */
    @Test
    void encode_keyErased_leavesNoPlaintextInTheBuffer() {
        ReplyCarrier carrier = allowed(text("secret"));
        caller.close();
        Buffer out = Buffer.buffer("before");
        codec.encodeToWire(out, carrier);
        byte[] all = ((BufferInternal) out).unwrap().array();
        assertThat(new String(all, StandardCharsets.ISO_8859_1))
                .startsWith("before")
                .doesNotContain("secret");
        assertThat(out.toString()).isEqualTo("before");
    }

    @Test
    void decode_encoded_isAFrameThatTheOtherSideOpens() throws Refusal {
        Buffer wire = Buffer.buffer("before");
        codec.encodeToWire(wire, allowed(text("secret")));
        Frame frame = requireNonNull(decode(6, wire).frame());
        assertThat(opened(wire, 6)).endsWith("secret");
        assertThat(frame.sentAt()).isEqualTo(NOW);
    }

    @Test
    void decode_anyDelivery_isNotOpenedYet() {
        Delivery delivery = decode(0, Buffer.buffer());
        assertThat(delivery.opened()).isNull();
        assertThat(delivery.frame()).isNull();
        assertThat(delivery.carrier()).isNull();
        assertThat(delivery).hasToString("sealed message");
    }

    @Test
    void decode_oneBufferTwice_isOneArrival() {
        Buffer buffer = Buffer.buffer("anything");
        Object arrival = decode(0, buffer).arrival();
        assertThat(decode(0, buffer).arrival()).isSameAs(arrival);
        assertThat(decode(0, buffer.copy()).arrival()).isNotSameAs(arrival);
    }

    @Test
    void decode_randomBytes_neverThrows() {
        Random random = new Random(17);
        int frames = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            int position = random.nextInt(bytes.length + 1);
            if (position + 1 < bytes.length) {
                bytes[position] = 1;
                bytes[position + 1] &= 7;
            }
            frames += decode(position, Buffer.buffer(bytes)).frame() == null ? 0 : 1;
        }
        assertThat(frames).isBetween(100, 49_000);
    }

    @Test
    void transform_mutableBody_isACopy() {
        JsonObject body = new JsonObject().put("a", 1);
        ReplyCarrier carrier = allowed(Content.of(CodecManager.JSON_OBJECT_MESSAGE_CODEC, body, null));
        Delivery delivery = transform(carrier);
        assertThat(delivery.carrier()).isSameAs(carrier);
        delivery.openLocal(caller);
        Readable opened = requireNonNull(delivery.opened());
        assertThat(opened.body()).isEqualTo(body).isNotSameAs(body);
        assertThat(opened.session()).isSameAs(caller);
    }

    @Test
    void openLocal_fromTheWire_staysClosed() {
        Delivery delivery = decode(0, Buffer.buffer());
        delivery.openLocal(caller);
        assertThat(delivery.opened()).isNull();
    }

    private static ReplyException no() {
        return new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 7, "no");
    }

    @Test
    void transform_failureThatAnswers_isTheFailure() {
        ReplyCarrier carrier = allowed(Content.of(CodecManager.REPLY_EXCEPTION_MESSAGE_CODEC, no(), null));
        assertThat(codec.transform(carrier))
                .isInstanceOfSatisfying(ReplyException.class, failure -> assertThat(failure.failureCode())
                        .isEqualTo(7));
    }

    @Test
    void transform_failureThatWasNotAllowed_isADelivery() {
        ReplyCarrier carrier = carrier(Content.of(CodecManager.REPLY_EXCEPTION_MESSAGE_CODEC, no(), null));
        assertThat(transform(carrier).carrier()).isSameAs(carrier);
    }

    @Test
    void transform_failureThatAsks_isADelivery() {
        RequestCarrier carrier = asking(Content.of(CodecManager.REPLY_EXCEPTION_MESSAGE_CODEC, no(), null));
        assertThat(transform(carrier).carrier()).isSameAs(carrier);
    }

    @Test
    void transform_failureThatItsCodecMadeSomethingElseOf_isADelivery() {
        ReplyCarrier carrier = allowed(new Content(CodecManager.STRING_MESSAGE_CODEC, no(), null));
        Object transformed = codec.transform(carrier);
        assertThat(transformed).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void transform_innerCodecThrowsForARequest_isUnreadable(Throwable failure) {
        RequestCarrier carrier = asking(content(failure));
        Delivery delivery = transform(carrier);
        assertThat(delivery.carrier()).isNull();
        assertThat(delivery.frame()).isNull();
        assertThat(requireNonNull(carrier.denial()).reason()).isEqualTo(DenialReason.UNWRITABLE_BODY);
    }

    /** Nobody asks under it, so it was never allowed. */
    private static RequestCarrier asking(Content content) {
        Vertx vertx = Vertx.vertx();
        try {
            FakeOrchestrator orchestrator = new FakeOrchestrator();
            BusGuard guard = BusGuard.of(vertx, orchestrator.trust(), orchestrator.clock);
            return new RequestCarrier(new Member(guard, orchestrator.options(Set.of(), Set.of())), content);
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void sealed_counts_whatIsWritten() {
        codec.encodeToWire(Buffer.buffer(), allowed(text("secret")));
        codec.encodeToWire(Buffer.buffer(), carrier(text("never allowed")));
        assertThat(codec.sealed()).isOne();
    }

    private static ArrivingMessage arriving(SecureCodec codec, Buffer wire) {
        return ArrivingMessage.of(codec, "address", null, codec.decodeFromWire(0, wire));
    }

    @Test
    void body_fromTheWire_isWhatTheReaderMakesOfIt_once() {
        Buffer wire = Buffer.buffer();
        codec.encodeToWire(wire, allowed(text("secret")));
        List<Delivery> read = new ArrayList<>();
        ReadOnce message = new ReadOnce(() -> codec.decodeFromWire(0, wire));
        Object body = codec.body(message, delivery -> {
            read.add(delivery);
            return "read";
        });
        assertThat(body).isEqualTo("read");
        assertThat(read).singleElement().satisfies(delivery -> assertThat(delivery.frame())
                .isNotNull());
        assertThat(codec.decodeFromWire(0, wire)).isInstanceOf(Delivery.class);
    }

    @Test
    void body_readBefore_isAsItWas() {
        ArrivingMessage message = arriving(codec, Buffer.buffer("x"));
        assertThat(codec.body(message, delivery -> "read")).isInstanceOf(Delivery.class);
    }

    @Test
    void body_ofAMessageThatFails_leavesNoReaderBehind() {
        ReadOnce message = new ReadOnce(() -> {
            throw new IllegalStateException("unforeseen");
        });
        assertThatIllegalStateException().isThrownBy(() -> codec.body(message, delivery -> "read"));
        assertThat(codec.decodeFromWire(0, Buffer.buffer("x"))).isInstanceOf(Delivery.class);
    }

    /** A message whose body is decoded when it is asked for. */
    private static final class ReadOnce extends MessageImpl<Object, Object> {
        private final Supplier<Object> decode;

        ReadOnce(Supplier<Object> decode) {
            super((EventBusImpl) null);
            this.decode = decode;
        }

        @Override
        public Object body() {
            return decode.get();
        }
    }

    @Test
    void decode_largerThanTheLimit_isNotLookedAt() {
        FrameLimit small = new FrameLimit();
        small.ask(100);
        SecureCodec limited = new SecureCodec(small, bounds);
        Buffer wire = Buffer.buffer("before").appendBytes(new byte[101]);
        Delivery tooLarge = (Delivery) limited.decodeFromWire(6, wire);
        assertThat(tooLarge.refused()).isEqualTo(DenialReason.OVERLOADED);
        assertThat(bounds.of(Bound.FRAME_SIZE)).isOne();
        Delivery fits = (Delivery) limited.decodeFromWire(7, wire);
        assertThat(fits.refused()).isNull();
        assertThat(bounds.of(Bound.FRAME_SIZE)).isOne();
    }

    @Test
    void decode_behindMoreThanTheLimitAndTheAllowance_isNotLookedAt() {
        FrameLimit small = new FrameLimit();
        small.ask(100);
        SecureCodec limited = new SecureCodec(small, bounds);
        int most = 100 + SecureCodec.ENVELOPE_ALLOWANCE;
        Buffer wire = Buffer.buffer(new byte[most]);
        assertThat(((Delivery) limited.decodeFromWire(most - 10, wire)).refused())
                .isNull();
        assertThat(bounds.of(Bound.FRAME_SIZE)).isZero();
        wire.appendByte((byte) 0);
        assertThat(((Delivery) limited.decodeFromWire(most - 9, wire)).refused())
                .isEqualTo(DenialReason.OVERLOADED);
        assertThat(bounds.of(Bound.FRAME_SIZE)).isOne();
    }

    @Test
    void encode_largerThanTheLimit_isDenied_andCounted() {
        FrameLimit small = new FrameLimit();
        small.ask(100);
        Buffer wire = Buffer.buffer();
        ReplyCarrier carrier = allowed(text("x".repeat(100)));
        new SecureCodec(small, bounds).encodeToWire(wire, carrier);
        assertThat(bounds.of(Bound.FRAME_SIZE)).isOne();
        assertThat(requireNonNull(carrier.denial()).getCause()).hasMessageContaining("maxFrameSize");
    }

    @Test
    void name_codec_isAUserCodecOfTwoLetters() {
        assertThat(codec.name()).isEqualTo("lk");
        assertThat(codec.systemCodecID()).isEqualTo((byte) -1);
    }

    @Test
    void toString_carrier_showsNothing() {
        assertThat(carrier(text("secret"))).hasToString("sealed message");
    }

    private static void assertUnwritable(ReplyCarrier carrier, Throwable failure) {
        DeniedException denial = requireNonNull(carrier.denial());
        assertThat(denial.reason()).isEqualTo(DenialReason.UNWRITABLE_BODY);
        assertThat(denial.getCause()).isSameAs(failure);
    }

    private ReplyCarrier allowed(Content content) {
        ReplyCarrier carrier = carrier(content);
        carrier.allow(ENVELOPE);
        return carrier;
    }

    private ReplyCarrier carrier(Content content) {
        return new ReplyCarrier(caller, content, new TrustedTime(new ManualClock(NOW)));
    }

    private static Content text(String text) {
        return Content.of(CodecManager.STRING_MESSAGE_CODEC, text, null);
    }

    private static Content content(Throwable failure) {
        return Content.of(new FailingCodec(failure), "body", null);
    }

    private record FailingCodec(Throwable failure) implements MessageCodec<Object, Object> {
        @Override
        public void encodeToWire(Buffer buffer, Object body) {
            buffer.appendString("half of it");
            throw FailingCodec.<RuntimeException>sneaky(failure);
        }

        @Override
        public Object decodeFromWire(int position, Buffer buffer) {
            throw FailingCodec.<RuntimeException>sneaky(failure);
        }

        @Override
        public Object transform(Object body) {
            throw FailingCodec.<RuntimeException>sneaky(failure);
        }

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }

        /** As codecs in Kotlin may: a checked exception that no signature tells of. */
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <T extends Throwable> T sneaky(Throwable failure) throws T {
            throw (T) failure;
        }
    }

    private Delivery decode(int position, Buffer buffer) {
        return (Delivery) codec.decodeFromWire(position, buffer);
    }

    private Delivery transform(Carrier carrier) {
        return (Delivery) codec.transform(carrier);
    }
}
