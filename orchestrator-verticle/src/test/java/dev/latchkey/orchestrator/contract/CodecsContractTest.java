// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Codecs of the application's: named, by default for a class, or chosen by a selector. */
class CodecsContractTest extends BusContract {
    private static final List<Class<?>> CLASSES = List.of(Name.class, String.class, Animal.class, Rejection.class);

    @AfterEach
    void forgetCodecs() {
        onBothSides(bus -> {
            bus.codecSelector(body -> null);
            CLASSES.forEach(bus::unregisterDefaultCodec);
            bus.unregisterCodec(address);
        });
    }

    @Test
    void namedCodec_carriesRequest() {
        register(nameCodec());
        this.<Name>consume(message -> message.reply(message.body().text()));
        assertThat(await(sender.request(address, new Name("Ada"), named())).body())
                .isEqualTo("Ada");
    }

    @Test
    void namedCodec_carriesPublish() {
        register(nameCodec());
        List<Object> arrived = new CopyOnWriteArrayList<>();
        consume(message -> arrived.add(message.body()));
        consume(message -> arrived.add(message.body()));
        sender.publish(address, new Name("Ada"), named());
        await().untilAsserted(() -> assertThat(arrived).containsExactly(new Name("Ada"), new Name("Ada")));
    }

    @Test
    void namedCodec_carriesReply() {
        register(nameCodec());
        consume(message -> message.reply(new Name("Bob"), named()));
        assertThat(await(sender.request(address, "Ada")).body()).isEqualTo(new Name("Bob"));
    }

    @Test
    void namedCodec_carriesWhatAProducerWrites() {
        register(nameCodec());
        List<Object> arrived = new CopyOnWriteArrayList<>();
        consume(message -> arrived.add(message.body()));
        await(sender.sender(address, named()).write(new Name("Ada")));
        await().untilAsserted(() -> assertThat(arrived).containsExactly(new Name("Ada")));
    }

    @Test
    void namedCodec_winsOverTheOneOfTheBodysType() {
        register(shoutingCodec());
        consume(message -> message.reply(message.body()));
        assertThat(await(sender.request(address, "Ada", named())).body()).isEqualTo("ADA");
    }

    @Test
    void namedCodec_mayReceiveAnotherTypeThanIsSent() {
        register(new TextCodec<Name, Integer>(address, Name::text, String::length));
        this.<Integer>consume(message -> message.reply(message.body() + 1));
        assertThat(await(sender.request(address, new Name("Ada"), named())).body())
                .isEqualTo(4);
    }

    @Test
    void namedCodec_carriesNull() {
        register(new NullTolerantCodec(address));
        consume(message -> message.reply(message.body() == null));
        assertThat(await(sender.request(address, null, named())).body()).isEqualTo(true);
    }

    @Test
    void defaultCodec_carriesItsClassThereAndBack() {
        registerDefault(Name.class, nameCodec());
        this.<Name>consume(message -> message.reply(new Name(message.body().text() + " and Bob")));
        assertThat(await(sender.request(address, new Name("Ada"))).body()).isEqualTo(new Name("Ada and Bob"));
    }

    @Test
    void defaultCodec_isKnownByNameToo() {
        registerDefault(Name.class, nameCodec());
        consume(message -> message.reply(message.body()));
        assertThat(await(sender.request(address, new Name("Ada"), named())).body())
                .isEqualTo(new Name("Ada"));
    }

    @Test
    void defaultCodec_isNotUsedForSubclasses() {
        registerDefault(Animal.class, new TextCodec<>(address, animal -> "animal", text -> new Animal()));
        assertThatIllegalArgumentException().isThrownBy(() -> sender.send(address, new Dog()));
    }

    @Test
    void defaultCodec_doesNotReplaceTheOneOfASystemType() {
        registerDefault(String.class, shoutingCodec());
        consume(message -> message.reply(message.body()));
        assertThat(await(sender.request(address, "Ada")).body()).isEqualTo("Ada");
    }

    @Test
    void selector_choosesCodec() {
        register(nameCodec());
        onBothSides(bus -> bus.codecSelector(body -> body instanceof Name ? address : null));
        consume(message -> message.reply(message.body()));
        assertThat(await(sender.request(address, new Name("Ada"))).body()).isEqualTo(new Name("Ada"));
    }

    @Test
    void selector_isAskedOnlyWhenNothingElseFits() {
        register(nameCodec());
        List<Object> asked = new CopyOnWriteArrayList<>();
        onBothSides(bus -> bus.codecSelector(body -> {
            asked.add(body);
            return address;
        }));
        consume(message -> message.reply("Hello"));
        await(sender.request(address, "Ada"));
        await(sender.request(address, new Name("Bob"), named()));
        await(sender.request(address, new Name("Cy")));
        assertThat(asked).containsExactly(new Name("Cy"));
    }

    @Test
    void selector_ofAnUnknownNameLeavesABodyUnsupported() {
        onBothSides(bus -> bus.codecSelector(body -> "no such codec"));
        assertThatIllegalArgumentException().isThrownBy(() -> sender.send(address, new Name("Ada")));
    }

    @Test
    void unknownName_isRefusedBySend() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sender.send(address, "Ada", named()))
                .withMessage("No message codec for type: class java.lang.String");
    }

    @Test
    void unknownName_isRefusedByReply() {
        consume(message -> {
            Throwable thrown = catchThrowable(() -> message.reply("Hello", named()));
            message.reply(thrown.getClass().getSimpleName());
        });
        assertThat(await(sender.request(address, "Ada")).body()).isEqualTo("IllegalArgumentException");
    }

    @Test
    void unknownName_failsForNullToo() {
        assertThatNullPointerException().isThrownBy(() -> sender.send(address, null, named()));
    }

    @Test
    void systemCodec_isNotKnownByName() {
        DeliveryOptions options = new DeliveryOptions().setCodecName("string");
        assertThatIllegalArgumentException().isThrownBy(() -> sender.send(address, "Ada", options));
    }

    @Test
    void unregisteredCodec_isUnknown() {
        register(nameCodec());
        onBothSides(bus -> bus.unregisterCodec(address));
        assertThatIllegalArgumentException().isThrownBy(() -> sender.send(address, new Name("Ada"), named()));
    }

    @Test
    void unregisteredDefaultCodec_leavesItsClassUnsupported() {
        registerDefault(Name.class, nameCodec());
        onBothSides(bus -> bus.unregisterDefaultCodec(Name.class));
        assertThatIllegalArgumentException().isThrownBy(() -> sender.send(address, new Name("Ada")));
        assertThatIllegalArgumentException().isThrownBy(() -> sender.send(address, new Name("Ada"), named()));
    }

    @Test
    void registeredName_isRefusedAgain() {
        register(nameCodec());
        assertThatIllegalStateException()
                .isThrownBy(() -> sender.registerCodec(shoutingCodec()))
                .withMessage("Already a codec registered with name " + address);
    }

    @Test
    void classWithDefaultCodec_isRefusedAgain() {
        registerDefault(Name.class, nameCodec());
        TextCodec<Name, Name> another = new TextCodec<>(address + ".another", Name::text, Name::new);
        assertThatIllegalStateException()
                .isThrownBy(() -> sender.registerDefaultCodec(Name.class, another))
                .withMessage("Already a default codec registered for class " + Name.class);
    }

    @Test
    void systemCodecId_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> sender.registerCodec(new SystemCodec(address)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sender.registerDefaultCodec(Name.class, new SystemCodec(address)));
    }

    @Test
    void codecUnknownToTheReceivingNode_failsTheRequest() {
        sender.registerCodec(nameCodec());
        consume(message -> message.reply("Hello"));
        if (kind.clustered) {
            assertThat(failure(sender.request(address, new Name("Ada"), named())))
                    .isInstanceOf(ReplyException.class);
        } else {
            assertThat(await(sender.request(address, new Name("Ada"), named())).body())
                    .isEqualTo("Hello");
        }
    }

    @Test
    void transform_isCalledOnceForALocalSend() {
        TextCodec<Name, Name> codec = nameCodec();
        register(codec);
        this.<Name>consume(sender, address, message -> {
            message.body();
            message.reply(message.body().text());
        });
        await(sender.request(address, new Name("Ada"), named()));
        assertThat(codec.transforms).hasValue(1);
        assertThat(codec.writes).hasValue(0);
    }

    @Test
    void transform_isCalledOnceForEachConsumerOfALocalPublish() {
        TextCodec<Name, Name> codec = nameCodec();
        register(codec);
        List<Object> arrived = new CopyOnWriteArrayList<>();
        consume(sender, address, message -> arrived.add(message.body()));
        consume(sender, address, message -> arrived.add(message.body()));
        sender.publish(address, new Name("Ada"), named());
        await().untilAsserted(() -> assertThat(arrived).hasSize(2));
        assertThat(codec.transforms).hasValue(2);
    }

    @Test
    void bodyAcrossNodes_isWrittenOnceAndNeverTransformed() {
        TextCodec<Name, Name> codec = nameCodec();
        register(codec);
        consume(message -> message.reply("Hello"));
        await(sender.request(address, new Name("Ada"), named()));
        assertThat(codec.writes).hasValue(kind.clustered ? 1 : 0);
        assertThat(codec.transforms).hasValue(kind.clustered ? 0 : 1);
    }

    @Test
    void failureWithDefaultCodec_arrivesAsItsClass() {
        registerDefault(Rejection.class, new TextCodec<>(address, Rejection::reason, Rejection::new));
        consume(message -> message.reply(new Rejection("no room")));
        Throwable failure = failure(sender.request(address, "Ada"));
        assertThat(failure).isInstanceOf(Rejection.class).hasMessage("no room");
    }

    @Test
    void failureWithDefaultCodec_arrivesAsItsClassFromReplyAndRequest() {
        registerDefault(Rejection.class, new TextCodec<>(address, Rejection::reason, Rejection::new));
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        consume(message -> message.replyAndRequest("and you?").onFailure(failures::add));
        await(sender.request(address, "Ada")).reply(new Rejection("no room"));
        await().untilAsserted(() -> assertThat(failures).hasSize(1));
        assertThat(failures.get(0)).isInstanceOf(Rejection.class).hasMessage("no room");
    }

    @Test
    void failureWithoutCodec_arrivesFromAnotherNodeAsPlainReplyException() {
        consume(message -> message.reply(new Rejection("no room")));
        ReplyException failure = (ReplyException) failure(sender.request(address, "Ada"));
        assertThat(failure).hasMessage("no room");
        assertThat(failure.failureCode()).isEqualTo(Rejection.CODE);
        assertThat(failure instanceof Rejection).isEqualTo(!kind.clustered);
    }

    /** A local bus has one registry for both sides, and would refuse a second registration. */
    private void onBothSides(Consumer<EventBus> action) {
        action.accept(sender);
        if (kind.clustered) {
            action.accept(receiver);
        }
    }

    private void register(MessageCodec<?, ?> codec) {
        onBothSides(bus -> bus.registerCodec(codec));
    }

    private <T> void registerDefault(Class<T> type, MessageCodec<T, ?> codec) {
        onBothSides(bus -> bus.registerDefaultCodec(type, codec));
    }

    /** Codecs are named like the case's address, so that no two cases share one. */
    private DeliveryOptions named() {
        return new DeliveryOptions().setCodecName(address);
    }

    private TextCodec<Name, Name> nameCodec() {
        return new TextCodec<>(address, Name::text, Name::new);
    }

    private TextCodec<String, String> shoutingCodec() {
        return new TextCodec<>(address, text -> text, text -> text.toUpperCase(Locale.ROOT));
    }

    record Name(String text) {}

    private static class Animal {}

    private static final class Dog extends Animal {}

    private static final class Rejection extends ReplyException {
        private static final long serialVersionUID = 1L;
        private static final int CODE = 17;

        Rejection(String reason) {
            super(ReplyFailure.RECIPIENT_FAILURE, CODE, reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** Carries what can be said in text, and counts. */
    private static class TextCodec<S, R> implements MessageCodec<S, R> {
        final AtomicInteger writes = new AtomicInteger();
        final AtomicInteger transforms = new AtomicInteger();
        private final String name;
        private final Function<S, String> write;
        private final Function<String, R> read;

        TextCodec(String name, Function<S, String> write, Function<String, R> read) {
            this.name = name;
            this.write = write;
            this.read = read;
        }

        @Override
        public void encodeToWire(Buffer buffer, S body) {
            writes.incrementAndGet();
            Buffer text = Buffer.buffer(write.apply(body));
            buffer.appendInt(text.length()).appendBuffer(text);
        }

        @Override
        public R decodeFromWire(int position, Buffer buffer) {
            int start = position + Integer.BYTES;
            return read.apply(buffer.getString(start, start + buffer.getInt(position)));
        }

        @Override
        public R transform(S body) {
            transforms.incrementAndGet();
            return read.apply(write.apply(body));
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }

    private static final class SystemCodec extends TextCodec<Name, Name> {
        SystemCodec(String name) {
            super(name, Name::text, Name::new);
        }

        @Override
        public byte systemCodecID() {
            return 3;
        }
    }

    /** Writes nothing, and reads nothing. */
    private record NullTolerantCodec(String name) implements MessageCodec<Name, Name> {
        @Override
        public void encodeToWire(Buffer buffer, @Nullable Name body) {}

        @Override
        @SuppressWarnings("NullAway") // A codec may read null, which its interface does not say.
        public Name decodeFromWire(int position, Buffer buffer) {
            return null;
        }

        @Override
        public Name transform(Name body) {
            return body;
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
