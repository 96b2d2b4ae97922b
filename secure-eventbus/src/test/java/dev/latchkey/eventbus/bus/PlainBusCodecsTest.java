// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.eventbus.impl.EventBusImpl;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.ClusterSerializable;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainBusCodecsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final MessageCodec<?, ?> NAMED = new NoteCodec("named");
    private static final NoteCodec DEFAULT = new NoteCodec("default");

    private final PlainBusCodecs codecs = new PlainBusCodecs((EventBusImpl) VERTX.eventBus());

    @BeforeAll
    static void register() {
        VERTX.eventBus().registerCodec(NAMED);
        VERTX.eventBus().registerDefaultCodec(Note.class, DEFAULT);
    }

    @AfterAll
    static void close() {
        VERTX.close().await();
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of(2, (byte) 1),
                Arguments.of(3, true),
                Arguments.of(4, (short) 1),
                Arguments.of(5, 1),
                Arguments.of(6, 1L),
                Arguments.of(7, 1f),
                Arguments.of(8, 1d),
                Arguments.of(9, "text"),
                Arguments.of(10, 'c'),
                Arguments.of(11, Buffer.buffer()),
                Arguments.of(12, new byte[0]),
                Arguments.of(13, new JsonObject()),
                Arguments.of(14, new JsonArray()),
                Arguments.of(15, new ReplyException(ReplyFailure.TIMEOUT)),
                Arguments.of(16, new Cluster()),
                Arguments.of(17, BigDecimal.ONE));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void choose_bodyOfASystemCodec_isThatOfItsId(int id, Object body) {
        MessageCodec<?, ?> chosen = codecs.choose(body, null, true);
        assertThat(chosen.systemCodecID()).isEqualTo((byte) id);
        assertThat(codecs.system((byte) id)).isSameAs(chosen);
    }

    @Test
    void choose_nullBody_isTheNullCodec() {
        assertThat(codecs.choose(null, null, false)).isSameAs(codecs.system((byte) 0));
        assertThat(codecs.choose(null, null, false).name()).isEqualTo("null");
    }

    /** It is asked for a codec of what it has never seen. Without the bus's own, nobody knows which classes the application refuses. */
    @Test
    void codecSelector_thatHidesACodec_leavesItRefused() {
        List<Function<Object, String>> selectors = List.of(
                body -> {
                    throw new ClassCastException("none of mine");
                },
                body -> "selected",
                body -> "registered later");
        for (Function<Object, String> selector : selectors) {
            Vertx vertx = Vertx.vertx();
            vertx.eventBus().registerCodec(new NoteCodec("selected")).codecSelector(selector);
            PlainBusCodecs theirs = new PlainBusCodecs((EventBusImpl) vertx.eventBus());
            assertThatIllegalArgumentException().isThrownBy(() -> theirs.system((byte) 16));
            assertThatIllegalArgumentException().isThrownBy(() -> theirs.system((byte) 17));
            assertThat(theirs.system((byte) 9).name()).isEqualTo("string");
            vertx.close().await();
        }
    }

    @Test
    void system_everyIdButPings_isItself() {
        IntStream.rangeClosed(0, 17).filter(id -> id != 1).forEach(id -> assertThat(
                        codecs.system((byte) id).systemCodecID())
                .isEqualTo((byte) id));
    }

    @ParameterizedTest
    @ValueSource(bytes = {1, 18, 19, 100, 126, 127, -1, -2, -128})
    void system_pingOrUnknown_isRefused(byte id) {
        assertThatIllegalArgumentException().isThrownBy(() -> codecs.system(id));
    }

    @Test
    void named_registered_isIt() {
        assertThat(codecs.named("named")).isSameAs(NAMED);
        assertThat(codecs.named("default")).isSameAs(DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "", "string", "NAMED"})
    void named_unknown_isRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> codecs.named(name));
    }

    @Test
    void choose_named_isItForAnyBody() {
        assertThat(codecs.choose("text", "named", true)).isSameAs(NAMED);
        assertThat(codecs.choose(null, "named", false)).isSameAs(NAMED);
    }

    @Test
    void choose_unknownName_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> codecs.choose("text", "unknown", true));
        assertThatNullPointerException().isThrownBy(() -> codecs.choose(null, "unknown", true));
    }

    @Test
    void choose_defaultOfAClass_isIt() {
        assertThat(codecs.choose(new Note("x"), null, false)).isSameAs(DEFAULT);
    }

    @Test
    void choose_noCodecForTheClass_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> codecs.choose(new Object(), null, true));
        assertThatIllegalArgumentException().isThrownBy(() -> codecs.choose(VERTX, null, false));
    }

    @Test
    void choose_serializableThatMayLeave_isAsThePlainBusAllows() {
        assertThat(codecs.choose(BigDecimal.ONE, null, false).systemCodecID()).isEqualTo((byte) 17);
        assertThatIllegalArgumentException().isThrownBy(() -> codecs.choose(new Private(), null, false));
        assertThatIllegalArgumentException().isThrownBy(() -> codecs.choose(new Cluster(), null, false));
        assertThat(codecs.choose(new Private(), null, true).systemCodecID()).isEqualTo((byte) 17);
    }

    @Test
    void named_registeredLater_isFound() {
        MessageCodec<?, ?> later = new NoteCodec("later");
        VERTX.eventBus().registerCodec(later);
        assertThat(codecs.named("later")).isSameAs(later);
        VERTX.eventBus().unregisterCodec("later");
        assertThatIllegalArgumentException().isThrownBy(() -> codecs.named("later"));
    }

    private record Note(String text) {}

    private static final class Private implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private static final class Cluster implements ClusterSerializable {
        @Override
        public void writeToBuffer(Buffer buffer) {}

        @Override
        public int readFromBuffer(int position, Buffer buffer) {
            return position;
        }
    }

    private record NoteCodec(String name) implements MessageCodec<Note, Note> {
        @Override
        public void encodeToWire(Buffer buffer, Note note) {
            buffer.appendString(note.text());
        }

        @Override
        public Note decodeFromWire(int position, Buffer buffer) {
            return new Note(buffer.getString(position, buffer.length()));
        }

        @Override
        public Note transform(Note note) {
            return note;
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
