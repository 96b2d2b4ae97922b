// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.Health;
import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Modes;
import dev.latchkey.eventbus.policy.Operation;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageConsumerOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The facade takes the place of the plain bus in all, and lets nothing of a secured address out unsealed. */
class SecuredBusTest extends GuardedTest {
    private static final DeliveryOptions OPTIONS =
            new DeliveryOptions().addHeader("a", "1").setSendTimeout(60_000);

    private final List<Object> left = new CopyOnWriteArrayList<>();
    private final List<Object> got = new CopyOnWriteArrayList<>();
    private SecuredBus bus;
    private SecuredBus stranger;

    @BeforeEach
    void build() throws Exception {
        bus = new SecuredBus(guard, member);
        stranger = new SecuredBus(guard, member(Set.of(), Set.of()));
        vertx.eventBus().<Object>addOutboundInterceptor(leaving -> {
            left.add(leaving.message().isSend() ? leaving.body() : List.of(leaving.body()));
            leaving.next();
        });
    }

    private void mode(Mode mode) {
        Operation operation =
                new Operation("process_image", List.of(AddressPattern.parse(ADDRESS)), new Modes(mode, Map.of()));
        guard.update(member, List.of(operation), Mode.OFF);
    }

    private RequestCarrier carrier() {
        Object sent = left.get(left.size() - 1);
        return (RequestCarrier) (sent instanceof List<?> published ? published.get(0) : sent);
    }

    private void assertSealed(Object body, int patience) {
        assertThat(carrier().isAllowed()).isTrue();
        assertThat(carrier().body()).isEqualTo(body);
        assertThat(carrier().content().patience()).isEqualTo(patience);
    }

    private static void assertNotInvited(ThrowingCallable use) {
        assertThatExceptionOfType(DeniedException.class)
                .isThrownBy(use)
                .extracting(DeniedException::reason)
                .isEqualTo(DenialReason.NOT_INVITED);
    }

    private static void assertDenied(io.vertx.core.Future<?> future, DenialReason reason) {
        await().until(future::isComplete);
        assertThat(future.cause()).isInstanceOfSatisfying(DeniedException.class, denied -> assertThat(denied.reason())
                .isEqualTo(reason));
    }

    @Test
    void send_securedAddress_leavesSealed() {
        assertThat(bus.send(ADDRESS, "x")).isSameAs(bus);
        assertSealed("x", 0);
        assertThat(left.get(0)).isInstanceOf(RequestCarrier.class);
        assertThat(bus.send(ADDRESS, "y", OPTIONS)).isSameAs(bus);
        assertSealed("y", 60_000);
        assertThat(carrier().headers().get("a")).isEqualTo("1");
    }

    @Test
    void publish_securedAddress_leavesSealed() {
        assertThat(bus.publish(ADDRESS, "x")).isSameAs(bus);
        assertSealed("x", 0);
        assertThat(left.get(0)).isInstanceOf(List.class);
        assertThat(bus.publish(ADDRESS, "y", OPTIONS)).isSameAs(bus);
        assertSealed("y", 60_000);
    }

    @Test
    void sendPublishAndRequest_notInvited_areDenied_andNothingLeaves() {
        assertNotInvited(() -> stranger.send(ADDRESS, "x"));
        assertNotInvited(() -> stranger.publish(ADDRESS, "x"));
        assertDenied(stranger.request(ADDRESS, "x"), DenialReason.NOT_INVITED);
        assertDenied(stranger.sender(ADDRESS).write("x"), DenialReason.NOT_INVITED);
        assertThat(left).noneMatch(sent -> sent instanceof Carrier || sent instanceof List);
    }

    @Test
    void sendAndPublish_otherAddresses_leaveAsTheyAre() {
        assertThat(bus.send("nowhere", "x")).isSameAs(bus);
        assertThat(bus.publish("nowhere", "y", new DeliveryOptions())).isSameAs(bus);
        bus.request("nowhere", "z");
        assertThat(left).containsExactly("x", List.of("y"), "z");
        assertThat(bus.observations()).isEmpty();
    }

    @Test
    void sendAndPublish_observed_areCountedForTheService() {
        mode(Mode.OBSERVE);
        bus.send(ADDRESS, "x").publish(ADDRESS, "y");
        bus.request(ADDRESS, "z");
        bus.sender(ADDRESS).write("w");
        assertThat(left).containsExactly("x", List.of("y"), "z", "w");
        assertThat(bus.observations()).containsExactly(new Observation(ADDRESS, Flow.SENT, "web", 4));
    }

    @Test
    void seals_byMode() {
        assertThat(bus.seals(ADDRESS)).isTrue();
        assertThat(stranger.seals(ADDRESS)).isTrue();
        assertThat(bus.seals("nowhere")).isFalse();
        mode(Mode.PERMISSIVE);
        assertThat(bus.seals(ADDRESS)).isTrue();
        assertThat(stranger.seals(ADDRESS)).isFalse();
        mode(Mode.OBSERVE);
        assertThat(bus.seals(ADDRESS)).isFalse();
    }

    @Test
    @SuppressWarnings("NullAway") // What the plain bus refuses too.
    void seals_noAddress_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> bus.send(null, "x")).withMessage("no null address accepted");
    }

    @Test
    void request_answered_bringsTheAnswer() throws Exception {
        bus.<String>consumer(ADDRESS, message -> message.reply(message.body() + "!"));
        Message<String> answer = done(bus.request(ADDRESS, "x", OPTIONS));
        assertThat(answer.body()).isEqualTo("x!");
        assertThat(done(bus.<String>request(ADDRESS, "y")).body()).isEqualTo("y!");
    }

    @Test
    void request_otherAddress_bringsThePlainAnswer() throws Exception {
        bus.<String>consumer("nowhere", message -> message.reply(message.body() + "!"));
        assertThat(done(bus.<String>request("nowhere", "x")).body()).isEqualTo("x!");
        mode(Mode.OBSERVE);
        assertThat(done(bus.<String>request("nowhere", "y")).body()).isEqualTo("y!");
    }

    @Test
    void outcomes_areOfTheCallersContext() throws Exception {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        context.runOnContext(now -> {
            got.add(((io.vertx.core.internal.FutureInternal<Void>) bus.succeeded()).context());
            got.add(((io.vertx.core.internal.FutureInternal<Object>) bus.failed(new IllegalStateException()))
                    .context());
        });
        await().until(() -> got.size() == 2);
        assertThat(got).allMatch(own -> own == context);
        assertThat(bus.succeeded().succeeded()).isTrue();
        assertThat(bus.failed(new IllegalStateException("x")).cause()).hasMessage("x");
    }

    @Test
    void producers_seal_asTheFacadeDoes() {
        assertThat(bus.sender(ADDRESS).address()).isEqualTo(ADDRESS);
        bus.sender(ADDRESS).write("x");
        assertSealed("x", 0);
        bus.sender(ADDRESS, OPTIONS).write("y");
        assertSealed("y", 60_000);
        bus.publisher(ADDRESS).write("z");
        assertThat(left.get(2)).isInstanceOf(List.class);
        bus.publisher(ADDRESS, OPTIONS).write("w");
        assertSealed("w", 60_000);
        bus.sender(ADDRESS).deliveryOptions(OPTIONS).write("v");
        assertSealed("v", 60_000);
    }

    @Test
    void producer_written_tellsWhenItIsWritten() throws Exception {
        bus.consumer(ADDRESS, message -> got.add(message.body()));
        done(bus.sender(ADDRESS).write("x"));
        done(bus.sender(ADDRESS).close());
        await().until(() -> got.contains("x"));
    }

    private void assertHears(MessageConsumer<Object> consumer, String address) throws Exception {
        done(consumer.completion());
        assertThat(consumer).isInstanceOf(SecuredConsumer.class);
        got.clear();
        bus.send(address, "x");
        await().until(() -> got.contains("x"));
        done(consumer.unregister());
    }

    private Handler<Message<Object>> hears() {
        return message -> got.add(message.body());
    }

    @Test
    void consumers_ofAllKinds_hear() throws Exception {
        MessageConsumerOptions options = new MessageConsumerOptions().setAddress(ADDRESS);
        assertHears(bus.consumer(ADDRESS).handler(hears()), ADDRESS);
        assertHears(bus.consumer(ADDRESS, hears()), ADDRESS);
        assertHears(bus.consumer(options).handler(hears()), ADDRESS);
        assertHears(bus.consumer(options, hears()), ADDRESS);
        assertHears(bus.localConsumer(ADDRESS).handler(hears()), ADDRESS);
        assertHears(bus.localConsumer(ADDRESS, hears()), ADDRESS);
        assertHears(bus.consumer("nowhere", hears()), "nowhere");
    }

    @Test
    @SuppressWarnings("NullAway") // What the plain bus refuses too.
    void consumers_withoutAHandler_areRefused() {
        MessageConsumerOptions options = new MessageConsumerOptions().setAddress(ADDRESS);
        assertThatNullPointerException()
                .isThrownBy(() -> bus.consumer(ADDRESS, null))
                .withMessage("handler");
        assertThatNullPointerException()
                .isThrownBy(() -> bus.localConsumer(ADDRESS, null))
                .withMessage("handler");
        assertThatNullPointerException()
                .isThrownBy(() -> bus.consumer(options, null))
                .withMessage("handler");
    }

    @Test
    void consumer_ofWhatItDoesNotProvide_isRefusedWhereStrict() {
        assertThat(stranger.consumer(ADDRESS)).isInstanceOf(RefusedConsumer.class);
        assertThat(bus.consumer("risk.calculate")).isInstanceOf(RefusedConsumer.class);
        mode(Mode.PERMISSIVE);
        assertThat(stranger.consumer(ADDRESS)).isInstanceOf(SecuredConsumer.class);
    }

    @Test
    void consumer_ofOptions_buffersAsManyAsTheySay() {
        MessageConsumer<Object> paused =
                bus.consumer(new MessageConsumerOptions().setAddress(ADDRESS).setMaxBufferedMessages(1), hears());
        paused.pause();
        bus.send(ADDRESS, "first");
        var second = bus.request(ADDRESS, "second");
        await().until(second::isComplete);
        assertThat(second.cause()).isInstanceOf(ReplyException.class);
        paused.resume();
        await().until(() -> got.contains("first"));
        assertThat(got).doesNotContain("second");
    }

    @Test
    void codecs_areThoseOfThePlainBus() throws Exception {
        bus.consumer("nowhere", hears());
        DeliveryOptions named = new DeliveryOptions().setCodecName("thing");
        assertThat(bus.registerCodec(new Things("thing"))).isSameAs(bus);
        bus.send("nowhere", new Thing("x"), named);
        await().until(() -> got.contains("thing x"));
        assertThat(bus.unregisterCodec("thing")).isSameAs(bus);
        assertThatIllegalArgumentException().isThrownBy(() -> bus.send("nowhere", new Thing("x"), named));
    }

    @Test
    void defaultCodecs_areThoseOfThePlainBus() throws Exception {
        bus.consumer("nowhere", hears());
        assertThat(bus.registerDefaultCodec(Thing.class, new Things("default"))).isSameAs(bus);
        bus.send("nowhere", new Thing("x"));
        await().until(() -> got.contains("default x"));
        assertThat(bus.unregisterDefaultCodec(Thing.class)).isSameAs(bus);
        assertThatIllegalArgumentException().isThrownBy(() -> bus.send("nowhere", new Thing("x")));
    }

    @Test
    void codecSelector_isThatOfThePlainBus() throws Exception {
        bus.consumer("nowhere", hears());
        bus.registerCodec(new Things("selected"));
        assertThat(bus.codecSelector(body -> body instanceof Thing ? "selected" : null))
                .isSameAs(bus);
        bus.send("nowhere", new Thing("x"));
        await().until(() -> got.contains("selected x"));
    }

    @Test
    void serializableCheckers_areThoseOfThePlainBus() {
        List<String> asked = new CopyOnWriteArrayList<>();
        assertThat(bus.serializableChecker(name -> asked.add(name))).isSameAs(bus);
        guard.codecs().choose(new java.util.BitSet(), null, false);
        assertThat(asked).containsExactly(java.util.BitSet.class.getName());
        assertThat(bus.clusterSerializableChecker(name -> {
                    asked.add(name);
                    return false;
                }))
                .isSameAs(bus);
        assertThatIllegalArgumentException().isThrownBy(() -> guard.codecs().choose(new Shared(), null, false));
        assertThat(asked).contains(Shared.class.getName());
    }

    /** A body that cluster managers can write. */
    static final class Shared implements io.vertx.core.shareddata.ClusterSerializable {
        @Override
        public void writeToBuffer(Buffer buffer) {}

        @Override
        public int readFromBuffer(int position, Buffer buffer) {
            return position;
        }
    }

    @Test
    void interceptors_seeMessagesPlain_untilTheyAreTakenOff() throws Exception {
        AtomicInteger inbound = new AtomicInteger();
        Handler<DeliveryContext<Object>> in = delivery -> {
            inbound.incrementAndGet();
            delivery.next();
        };
        Handler<DeliveryContext<Object>> out = delivery -> {
            got.add("out " + delivery.body());
            delivery.next();
        };
        assertThat(bus.addInboundInterceptor(in)).isSameAs(bus);
        assertThat(bus.addOutboundInterceptor(out)).isSameAs(bus);
        bus.consumer(ADDRESS, hears());
        bus.send(ADDRESS, "x");
        await().until(() -> got.contains("x"));
        assertThat(got).contains("out x");
        assertThat(inbound).hasValue(1);
        assertThat(bus.removeInboundInterceptor(in)).isSameAs(bus);
        assertThat(bus.removeOutboundInterceptor(out)).isSameAs(bus);
        bus.send(ADDRESS, "y");
        await().until(() -> got.contains("y"));
        assertThat(got).doesNotContain("out y");
        assertThat(inbound).hasValue(1);
    }

    @Test
    void leave_endsConsumersAndTheMember_andSaysSo() throws Exception {
        AtomicInteger ends = new AtomicInteger();
        MessageConsumer<Object> consumer = bus.consumer(ADDRESS, hears());
        done(consumer.completion());
        bus.onLeft(ends::incrementAndGet);
        done(bus.leave());
        assertThat(consumer.isRegistered()).isFalse();
        assertThat(member.hasLeft()).isTrue();
        assertThat(ends).hasValue(1);
        assertDenied(bus.request(ADDRESS, "x"), DenialReason.LEFT);
    }

    @Test
    void facade_tellsOfItsMemberAndTheGuard() {
        assertThat(bus.instance()).isEqualTo("0123456789abcdef");
        assertThat(bus.provides()).containsExactly("process_image");
        assertThat(bus.invokes()).containsExactly("process_image");
        assertThat(bus).hasToString("SecureEventBus[0123456789abcdef]");
        assertThat(bus.asVertx().eventBus()).isSameAs(bus);
        assertThat(bus.metrics()).isSameAs(guard.metrics());
        assertThat(bus.isMetricsEnabled()).isFalse();
        assertThat(bus.health()).isEqualTo(Health.HEALTHY);
        guard.alarms().raise(Alarm.FORGED_NOTICE, "x");
        assertThat(bus.alarms()).containsExactly(Map.entry(Alarm.FORGED_NOTICE, 1L));
        guard.refusals().note(DenialReason.TAMPERED, "x");
        assertThat(bus.refusals()).containsExactly(Map.entry(DenialReason.TAMPERED, 1L));
    }

    @Test
    void healthHandler_isToldOfItsMember() {
        assertThat(bus.healthHandler(got::add)).isSameAs(bus);
        member.healthWatch().note(Health.DEGRADED);
        await().until(() -> got.contains(Health.DEGRADED));
    }

    /** A body of an application. */
    record Thing(String name) {}

    /** Its codec, which delivers its own name with the thing's. */
    private record Things(String name) implements MessageCodec<Thing, Object> {
        @Override
        public void encodeToWire(Buffer buffer, Thing thing) {
            buffer.appendString(thing.name());
        }

        @Override
        public Object decodeFromWire(int position, Buffer buffer) {
            return buffer.getString(position, buffer.length());
        }

        @Override
        public @Nullable Object transform(Thing thing) {
            return name + " " + requireNonNull(thing).name();
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
