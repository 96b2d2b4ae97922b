// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.eventbus.impl.CodecManager;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.ClusterSerializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentFormatTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Codecs CODECS = new BusCodecs(VERTX);
    private static final byte STRING = 9;
    private static final byte USER = -1;

    @BeforeAll
    static void register() {
        VERTX.eventBus().registerDefaultCodec(Pair.class, new PairCodec());
        VERTX.eventBus().registerDefaultCodec(View.class, new ViewCodec());
        VERTX.eventBus().clusterSerializableChecker(name -> List.of(Blob.class.getName(), Keeper.class.getName())
                .contains(name));
    }

    @AfterAll
    static void close() {
        VERTX.close().await();
    }

    static Stream<Object> bodies() {
        return Stream.of(
                "text",
                "",
                "\u00fcml\u00e4ut \u4e2d\u6587 \ud83d\ude80 \u0000",
                Buffer.buffer("buffer"),
                Buffer.buffer(),
                new byte[] {1, 2, 3},
                new JsonObject().put("a", new JsonArray().add(1).addNull().add("x")),
                new JsonArray().add(true).add(new JsonObject()),
                1,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                1.5f,
                Double.MIN_VALUE,
                true,
                false,
                (short) -1,
                'c',
                (byte) -128,
                new BigDecimal("1.25"),
                new Blob("of bytes"),
                new Keeper(Buffer.buffer("as it came")),
                new View(Buffer.buffer("as it came")),
                new Pair("left", "right"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void read_writtenBody_isTheSame(Object body) {
        Content content = written(body, null);
        assertThat(content.body()).isEqualTo(body);
        assertThat(content.headers()).isNull();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void read_writtenBodyWithHeaders_isTheSame(Object body) {
        MultiMap headers = headers("a", "1", "b", "2");
        Content content = written(body, headers);
        assertThat(content.body()).isEqualTo(body);
        assertThat(entries(content)).containsExactly("a=1", "b=2");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void read_memoryThatIsUsedAgain_keepsTheContent(Object body) {
        byte[] written = ContentFormat.write(content(body, headers("a", "1")));
        Content read;
        try (Plaintext plaintext = Plaintext.ofLength(written.length)) {
            System.arraycopy(written, 0, plaintext.bytes(), 0, written.length);
            read = ContentFormat.read(plaintext, CODECS);
        }
        assertThat(read.body()).isEqualTo(body);
        assertThat(entries(read)).containsExactly("a=1");
    }

    @Test
    void read_buffer_canGrow() {
        Buffer read =
                (Buffer) requireNonNull(written(Buffer.buffer("to be "), null).body());
        assertThat(read.appendString("continued")).isEqualTo(Buffer.buffer("to be continued"));
    }

    @Test
    void read_nullBody_isNull() {
        assertThat(written(null, null).body()).isNull();
        assertThat(written(null, headers("a", "1")).body()).isNull();
    }

    @Test
    void read_replyException_keepsTypeCodeAndMessage() {
        ReplyException failure = new ReplyException(ReplyFailure.RECIPIENT_FAILURE, -7001, "no\u00f6");
        ReplyException read =
                (ReplyException) requireNonNull(written(failure, null).body());
        assertThat(read.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
        assertThat(read.failureCode()).isEqualTo(-7001);
        assertThat(read).hasMessage("no\u00f6");
    }

    @Test
    void read_headersWithManyValues_keepsAllInOrder() {
        MultiMap headers = headers("key", "1", "key", "2", "KEY", "3", "empty", "", "\u00fc", "\ud83d\ude80\n");
        Content content = written("x", headers);
        MultiMap read = requireNonNull(content.headers());
        assertThat(read.getAll("Key")).containsExactly("1", "2", "3");
        assertThat(read.get("EMPTY")).isEmpty();
        assertThat(read.get("\u00fc")).isEqualTo("\ud83d\ude80\n");
        assertThat(read.size()).isEqualTo(headers.size());
    }

    @Test
    void read_asManyHeadersAsAllowed_keepsAll() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < 1024; i++) {
            headers.add("h", String.valueOf(i));
        }
        assertThat(requireNonNull(written("x", headers).headers()).getAll("h")).hasSize(1024);
    }

    @Test
    void read_patience_isKeptBesideHeaders() {
        Content content = content("x", headers("a", "b")).withPatience(Integer.MAX_VALUE);
        Content read = ContentFormat.read(ContentFormat.write(content), CODECS);
        assertThat(read.patience()).isEqualTo(Integer.MAX_VALUE);
        assertThat(entries(read)).containsExactly("a=b");
        assertThat(read.body()).isEqualTo("x");
    }

    @Test
    void read_patienceBelowZero_isRefused() {
        assertUnreadable(
                Buffer.buffer().appendByte((byte) 2).appendByte((byte) 0).appendInt(-1));
    }

    @Test
    void write_text_costsTwoBytesOverItsCodec() {
        Buffer plain = Buffer.buffer();
        CodecManager.STRING_MESSAGE_CODEC.encodeToWire(plain, "hello");
        byte[] content = ContentFormat.write(content("hello", null));
        assertThat(content.length - plain.length()).isEqualTo(2);
    }

    @Test
    void write_textSealed_costsFiftyTwoBytesOverItsCodec() {
        byte[] content = ContentFormat.write(content("hello", null));
        byte[] frame = FrameWriter.request(
                new SealingKey(SecretBytes.random(32)),
                new byte[16],
                new byte[0],
                1,
                new Envelope("a", null, true),
                content);
        int plain = Integer.BYTES + "hello".length();
        assertThat(frame.length - plain).isEqualTo(52).isLessThanOrEqualTo(64);
    }

    @Test
    void write_codecThrows_throwsTheSame() {
        Content content = Content.of(new PairCodec(), new Pair("fail", "x"), null);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> ContentFormat.write(content));
    }

    @Test
    void read_cutToAnyLength_throwsRuntimeException() {
        byte[] whole = ContentFormat.write(content("body", headers("key", "value", "k2", "v2")));
        for (int length = 0; length < whole.length; length++) {
            assertUnreadable(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void read_oneHeaderMoreThanAllowed_throwsRuntimeException() {
        Buffer bytes = bytes(true, STRING).appendInt(1025);
        for (int i = 0; i < 1025; i++) {
            bytes.appendInt(1).appendString("h").appendInt(0);
        }
        assertUnreadable(bytes.appendInt(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 1025, 1 << 20, Integer.MAX_VALUE})
    void read_absurdNumberOfHeaders_throwsRuntimeException(int count) {
        assertUnreadable(bytes(true, STRING).appendInt(count).appendInt(0).appendInt(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 9, 1 << 30, Integer.MAX_VALUE - 64, Integer.MAX_VALUE})
    void read_absurdLengthOfAHeader_throwsRuntimeException(int length) {
        assertUnreadable(bytes(true, STRING).appendInt(1).appendInt(length).appendString("12345678"));
        assertUnreadable(
                bytes(true, STRING).appendInt(1).appendInt(1).appendString("k").appendInt(length));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 9, 1 << 30, Integer.MAX_VALUE - 64, Integer.MAX_VALUE})
    void read_absurdLengthOfACodecsName_throwsRuntimeException(int length) {
        assertUnreadable(bytes(false, USER).appendInt(length).appendString("12345678"));
    }

    /** Vert.x's own codecs believe a length and allocate it before they look whether the bytes are there. */
    @ParameterizedTest
    @MethodSource("absurdBodies")
    void read_absurdLengthOfABody_throwsRuntimeException(byte codec, int length) {
        assertUnreadable(bytes(false, codec).appendInt(length).appendString("12345678"));
    }

    static Stream<Arguments> absurdBodies() {
        return Stream.of(9, 11, 12, 13, 14, 16, 17)
                .flatMap(codec -> Stream.of(-1, Integer.MIN_VALUE, 9, 1 << 30, Integer.MAX_VALUE - 64)
                        .map(length -> Arguments.of(codec.byteValue(), length)));
    }

    @Test
    void read_absurdLengthInAReplyException_throwsRuntimeException() {
        Buffer bytes = bytes(false, (byte) 15).appendByte((byte) 2).appendInt(1).appendByte((byte) 1);
        assertUnreadable(bytes.appendInt(Integer.MAX_VALUE - 64).appendString("12345678"));
    }

    @ParameterizedTest
    @ValueSource(bytes = {18, 99, 127, -2, -128})
    void read_unknownSystemCodec_throwsRuntimeException(byte id) {
        assertUnreadable(bytes(false, id).appendInt(0));
    }

    @Test
    void read_unknownUserCodec_throwsRuntimeException() {
        assertUnreadable(bytes(false, USER).appendInt(4).appendString("none"));
    }

    @Test
    void read_jsonNestedDeeply_throwsRuntimeException() {
        String json = "[".repeat(100_000);
        assertUnreadable(bytes(false, (byte) 14).appendInt(json.length()).appendString(json));
    }

    @Test
    void read_garbage_throwsNothingButRuntimeExceptions() {
        Random random = new Random(13);
        int readable = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            readable += isReadable(bytes) ? 1 : 0;
        }
        assertThat(readable).isBetween(1, 19_999);
    }

    private static boolean isReadable(byte[] bytes) {
        try {
            ContentFormat.read(bytes, CODECS);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static Content content(@Nullable Object body, @Nullable MultiMap headers) {
        return Content.of(CODECS.choose(body, null, true), body, headers);
    }

    private static Content written(@Nullable Object body, @Nullable MultiMap headers) {
        Content content = content(body, headers);
        Content read = ContentFormat.read(ContentFormat.write(content), CODECS);
        assertThat(read.codec().name()).isEqualTo(content.codec().name());
        return read;
    }

    private static Buffer bytes(boolean headers, byte codec) {
        return Buffer.buffer().appendByte((byte) (headers ? 1 : 0)).appendByte(codec);
    }

    static MultiMap headers(String... namesAndValues) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    private static Stream<String> entries(Content content) {
        return requireNonNull(content.headers()).entries().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue());
    }

    private static void assertUnreadable(Buffer bytes) {
        assertUnreadable(bytes.getBytes());
    }

    private static void assertUnreadable(byte[] bytes) {
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> ContentFormat.read(bytes, CODECS));
    }

    record Pair(String left, String right) {}

    static final class PairCodec implements MessageCodec<Pair, Pair> {
        @Override
        public void encodeToWire(Buffer buffer, Pair pair) {
            if (pair.left().equals("fail")) {
                throw new UnsupportedOperationException();
            }
            buffer.appendString(pair.left() + "|" + pair.right());
        }

        @Override
        public Pair decodeFromWire(int position, Buffer buffer) {
            String[] parts = buffer.getString(position, buffer.length()).split("\\|", -1);
            return new Pair(parts[0], parts[1]);
        }

        @Override
        public Pair transform(Pair pair) {
            return new Pair(pair.left(), pair.right());
        }

        @Override
        public String name() {
            return "pair";
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }

    /** Public with a public constructor, as Vert.x makes one by reflection. */
    /** A body that is a part of the buffer that it was read from. */
    record View(Buffer bytes) {}

    static final class ViewCodec implements MessageCodec<View, View> {
        @Override
        public void encodeToWire(Buffer buffer, View view) {
            buffer.appendBuffer(view.bytes());
        }

        @Override
        public View decodeFromWire(int position, Buffer buffer) {
            return new View(buffer.slice(position, buffer.length()));
        }

        @Override
        public View transform(View view) {
            return view;
        }

        @Override
        public String name() {
            return "view";
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }

    /** The same, of a class that writes and reads itself. */
    public static final class Keeper implements ClusterSerializable {
        private Buffer bytes;

        public Keeper() {
            this(Buffer.buffer());
        }

        Keeper(Buffer bytes) {
            this.bytes = bytes;
        }

        @Override
        public void writeToBuffer(Buffer buffer) {
            buffer.appendBuffer(bytes);
        }

        @Override
        public int readFromBuffer(int position, Buffer buffer) {
            bytes = buffer.slice(position, buffer.length());
            return buffer.length();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Keeper that && bytes.equals(that.bytes);
        }

        @Override
        public int hashCode() {
            return bytes.hashCode();
        }
    }

    public static final class Blob implements ClusterSerializable {
        private String text;

        public Blob() {
            this("");
        }

        Blob(String text) {
            this.text = text;
        }

        @Override
        public void writeToBuffer(Buffer buffer) {
            buffer.appendInt(text.length()).appendString(text);
        }

        @Override
        public int readFromBuffer(int position, Buffer buffer) {
            int end = position + Integer.BYTES + buffer.getInt(position);
            text = new String(buffer.getBytes(position + Integer.BYTES, end), StandardCharsets.UTF_8);
            return end;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Blob that && text.equals(that.text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    @Test
    void read_messageThatStandsForAnother_namesIt() {
        SentName first = new SentName(new TokenId(0x1122334455667788L, -5), (1L << 48) - 1);
        Content content = content("x", headers("a", "b")).withPatience(40_000).standingFor(first);
        Content read = ContentFormat.read(ContentFormat.write(content), CODECS);
        assertThat(read.first()).isEqualTo(first);
        assertThat(read.patience()).isEqualTo(40_000);
        assertThat(entries(read)).containsExactly("a=b");
        assertThat(read.body()).isEqualTo("x");
    }
}
