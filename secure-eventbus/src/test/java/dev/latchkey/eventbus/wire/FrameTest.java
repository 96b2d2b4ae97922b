// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import static dev.latchkey.eventbus.wire.Plaintexts.bytes;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.OpeningKey;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.token.TokenId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
    private static final byte[] CONTENT = "what nobody may read".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NAME = name();
    private static final byte[] NO_TOKEN = {};
    private static final byte[] TOKEN = "aaaa.bbbb.cccc".getBytes(StandardCharsets.US_ASCII);
    private static final long SENT_AT = 1_800_000_000_123L;
    private static final Envelope ENVELOPE = new Envelope("image.process", "__vertx.reply.7", true);

    /** What a token could take at most if it ate up the sealed part of {@link #request}, all but a tag. */
    private static final int TOKEN_ROOM = 14 + 20;

    private final SecretBytes secret = SecretBytes.random(32);
    private final SealingKey sealing = new SealingKey(secret);
    private final OpeningKey opening = new OpeningKey(secret);

    @Test
    void open_request_isWhatWasSealed() throws OpenFailedException {
        Frame frame = parsed(request(NO_TOKEN));
        assertThat(frame.isReply()).isFalse();
        assertThat(frame.token()).isNull();
        assertThat(frame.tokenId()).isEqualTo(TokenId.read(NAME, 0));
        assertThat(frame.sentAt()).isEqualTo(SENT_AT);
        assertThat(bytes(frame.open(opening, ENVELOPE))).isEqualTo(CONTENT);
    }

    @Test
    void open_requestWithToken_isWhatWasSealed() throws OpenFailedException {
        Frame frame = parsed(request(TOKEN));
        assertThat(frame.isReply()).isFalse();
        assertThat(frame.token()).isEqualTo("aaaa.bbbb.cccc");
        assertThat(frame.tokenId()).isEqualTo(TokenId.read(NAME, 0));
        assertThat(bytes(frame.open(opening, ENVELOPE))).isEqualTo(CONTENT);
    }

    @Test
    void open_reply_isWhatWasSealed() throws OpenFailedException {
        Frame frame = parsed(reply());
        assertThat(frame.isReply()).isTrue();
        assertThat(frame.token()).isNull();
        assertThat(frame.salt()).isEqualTo(NAME);
        assertThat(frame.sentAt()).isEqualTo(SENT_AT);
        assertThat(bytes(frame.open(opening, ENVELOPE))).isEqualTo(CONTENT);
    }

    @Test
    void open_emptyContent_isEmpty() throws OpenFailedException {
        byte[] frame = FrameWriter.request(sealing, NAME, NO_TOKEN, SENT_AT, ENVELOPE, new byte[0]);
        assertThat(bytes(parsed(frame).open(opening, ENVELOPE))).isEmpty();
    }

    @Test
    void open_refused_givesItsMemoryBack() {
        byte[] before = memory();
        assertRefused(request(NO_TOKEN), new Envelope("image.other", null, true));
        assertThat(memory() == before).isTrue();
    }

    private static byte[] memory() {
        try (Plaintext plaintext = Plaintext.ofLength(1)) {
            return plaintext.bytes();
        }
    }

    @Test
    void tokenId_ofFramesOneAfterTheOther_isEachOnesOwn() {
        byte[] one = request(NO_TOKEN);
        byte[] otherInstance = request(NO_TOKEN);
        otherInstance[FrameLayout.NAME_OFFSET] ^= 1;
        byte[] otherSerial = request(NO_TOKEN);
        otherSerial[FrameLayout.NAME_OFFSET + 15] ^= 1;
        for (byte[] frame : List.of(one, otherInstance, one, otherSerial, otherInstance, one)) {
            assertThat(parsed(frame).tokenId()).isEqualTo(TokenId.read(frame, FrameLayout.NAME_OFFSET));
        }
    }

    @Test
    void request_manyTimes_neverRepeatsASequenceNumber() {
        assertThat(Stream.generate(() -> parsed(request(NO_TOKEN)).sequence()).limit(5))
                .containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(parsed(reply()).sequence()).isEqualTo(5);
    }

    @Test
    void request_sameContentTwice_looksDifferent() {
        byte[] one = ciphertext(request(NO_TOKEN));
        byte[] two = ciphertext(request(NO_TOKEN));
        assertThat(one).isNotEqualTo(two);
    }

    @Test
    void request_anyContent_isNotReadable() {
        String frame = new String(request(TOKEN), StandardCharsets.ISO_8859_1);
        assertThat(frame).doesNotContain("nobody", "image.process", "__vertx.reply.7");
    }

    @Test
    void request_withoutToken_costsExactlyFiftyBytes() {
        assertThat(request(NO_TOKEN).length - CONTENT.length).isEqualTo(50);
        assertThat(reply().length - CONTENT.length).isEqualTo(50);
    }

    @Test
    void request_withToken_costsItsLengthAndTwoBytesMore() {
        assertThat(request(TOKEN).length - request(NO_TOKEN).length).isEqualTo(TOKEN.length + 2);
    }

    @Test
    void request_closedKey_throws() {
        sealing.close();
        assertThatIllegalStateException().isThrownBy(() -> request(NO_TOKEN));
    }

    @Test
    void open_anyBitOfARequestTurned_isRefused() {
        assertEveryBitMatters(request(NO_TOKEN), 0, 0);
    }

    @Test
    void open_anyBitOfAReplyTurned_isRefused() {
        assertEveryBitMatters(reply(), 0, 0);
    }

    @Test
    void open_anyBitOutsideOfTheTokenTurned_isRefused() {
        int token = FrameLayout.HEADER_LENGTH + FrameLayout.TOKEN_LENGTH_LENGTH;
        assertEveryBitMatters(request(TOKEN), token, token + TOKEN.length);
    }

    /** The token is not bound to the frame: its own signature protects it. */
    @Test
    void open_tokenChanged_opensTheSameContentAndShowsTheChange() throws OpenFailedException {
        byte[] frame = request(TOKEN);
        int token = FrameLayout.HEADER_LENGTH + FrameLayout.TOKEN_LENGTH_LENGTH;
        for (int i = token; i < token + TOKEN.length; i++) {
            Frame changed = parsed(withBit(frame, i, 0));
            assertThat(changed.token()).isNotEqualTo("aaaa.bbbb.cccc");
            assertThat(bytes(changed.open(opening, ENVELOPE))).isEqualTo(CONTENT);
        }
    }

    @Test
    void open_tokenCutOut_isRefused() {
        byte[] frame = request(TOKEN);
        int start = FrameLayout.HEADER_LENGTH;
        int end = start + FrameLayout.TOKEN_LENGTH_LENGTH + TOKEN.length;
        byte[] cut = Buffer.buffer()
                .appendBytes(frame, 0, start)
                .appendBytes(frame, end, frame.length - end)
                .getBytes();
        cut[FrameLayout.FLAGS_OFFSET] = 0;
        assertRefused(cut, ENVELOPE);
    }

    static Stream<Envelope> otherEnvelopes() {
        String to = "image.process";
        String back = "__vertx.reply.7";
        return Stream.of(
                new Envelope("image.other", back, true),
                new Envelope("", back, true),
                new Envelope(to, null, true),
                new Envelope(to, "__vertx.reply.8", true),
                new Envelope(to, back, false),
                new Envelope("image.process_", "_vertx.reply.7", true),
                new Envelope("image.proces", "s__vertx.reply.7", true),
                new Envelope(to + back, null, true),
                new Envelope("", to + back, true),
                new Envelope(back, to, true),
                new Envelope("IMAGE.PROCESS", back, true),
                new Envelope(to + "\0", back, true));
    }

    @ParameterizedTest
    @MethodSource("otherEnvelopes")
    void open_anotherEnvelope_isRefused(Envelope other) {
        assertRefused(request(NO_TOKEN), other);
        assertRefused(reply(), other);
    }

    @ParameterizedTest
    @MethodSource("otherEnvelopes")
    void open_sealedForAnotherEnvelope_opensInThatOne(Envelope other) throws OpenFailedException {
        byte[] frame = FrameWriter.request(sealing, NAME, NO_TOKEN, SENT_AT, other, CONTENT);
        assertThat(bytes(parsed(frame).open(opening, other))).isEqualTo(CONTENT);
        assertRefused(frame, ENVELOPE);
    }

    @Test
    void open_replyAddressAdded_isRefused() throws OpenFailedException {
        Envelope without = new Envelope("image.process", null, true);
        byte[] frame = FrameWriter.request(sealing, NAME, NO_TOKEN, SENT_AT, without, CONTENT);
        assertThat(bytes(parsed(frame).open(opening, without))).isEqualTo(CONTENT);
        assertRefused(frame, new Envelope("image.process", "evil", true));
    }

    @Test
    void open_anotherKey_isRefused() {
        Frame frame = parsed(request(NO_TOKEN));
        OpeningKey other = new OpeningKey(SecretBytes.random(32));
        assertThatExceptionOfType(OpenFailedException.class).isThrownBy(() -> frame.open(other, ENVELOPE));
    }

    @Test
    void open_requestPresentedAsReply_isRefused() {
        byte[] frame = request(NO_TOKEN);
        frame[FrameLayout.FLAGS_OFFSET] = FrameLayout.FLAG_REPLY;
        assertThat(parsed(frame).isReply()).isTrue();
        assertRefused(frame, ENVELOPE);
    }

    @Test
    void parse_cutToAnyLength_neverThrowsAndNeverOpens() {
        for (byte[] frame : new byte[][] {request(NO_TOKEN), request(TOKEN), reply()}) {
            for (int length = 0; length < frame.length; length++) {
                assertRefused(Arrays.copyOf(frame, length), ENVELOPE);
            }
        }
    }

    @Test
    void parse_shorterThanHeaderAndTag_isNull() {
        byte[] frame = request(NO_TOKEN);
        assertThat(parse(Arrays.copyOf(frame, 49))).isNull();
        assertThat(parse(Arrays.copyOf(frame, 50))).isNotNull();
        assertThat(parse(new byte[0])).isNull();
    }

    @Test
    void parse_anyOtherVersion_isNull() {
        byte[] frame = request(NO_TOKEN);
        for (int version = 0; version < 256; version++) {
            frame[FrameLayout.VERSION_OFFSET] = (byte) version;
            assertThat(parse(frame) != null).as("version %d", version).isEqualTo(version == 1);
        }
    }

    @Test
    void parse_anyOtherFlags_isNull() {
        byte[] frame = request(TOKEN);
        for (int flags = 0; flags < 256; flags++) {
            frame[FrameLayout.FLAGS_OFFSET] = (byte) flags;
            assertThat(parse(frame) != null).as("flags %d", flags).isEqualTo(flags < 3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {TOKEN_ROOM + 1, TOKEN_ROOM + 16, 0x7fff, 0x8000, 0xffff})
    void parse_tokenBeyondTheFrame_isNull(int length) {
        assertThat(parse(withTokenLength(length))).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, TOKEN_ROOM})
    void parse_tokenOfAnotherLengthWithinTheFrame_doesNotOpen(int length) {
        byte[] frame = withTokenLength(length);
        assertThat(parsed(frame).token()).hasSize(length);
        assertRefused(frame, ENVELOPE);
    }

    @Test
    void parse_insideOfABiggerBuffer_isTheSameFrame() throws OpenFailedException {
        Buffer bigger = Buffer.buffer("something before").appendBytes(request(TOKEN));
        Frame frame = requireNonNull(Frame.parse("something before".length(), bigger));
        assertThat(frame.token()).isEqualTo("aaaa.bbbb.cccc");
        assertThat(bytes(frame.open(opening, ENVELOPE))).isEqualTo(CONTENT);
    }

    /** As sockets' buffers are: cut out of a larger array. */
    @Test
    void parse_insideOfABiggerArray_isTheSameFrame() throws OpenFailedException {
        byte[] array = Buffer.buffer("before").appendBytes(request(TOKEN)).getBytes();
        Buffer cut = BufferInternal.buffer(Unpooled.wrappedBuffer(array, 4, array.length - 4));
        Frame frame = requireNonNull(Frame.parse(2, cut));
        assertThat(frame.token()).isEqualTo("aaaa.bbbb.cccc");
        assertThat(bytes(frame.open(opening, ENVELOPE))).isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 49, 50, 51, Integer.MAX_VALUE})
    void parse_positionAtOrPastTheEnd_isNull(int position) {
        assertThat(Frame.parse(position, Buffer.buffer(new byte[50]))).isNull();
    }

    @Test
    void parse_garbage_neverThrowsAndNeverOpens() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            makePlausible(bytes, random);
            assertRefused(bytes, ENVELOPE);
        }
    }

    /** It copies nothing, so what somebody writes into the buffer is seen, and refused. */
    @Test
    void parse_bufferChangedLater_doesNotOpen() {
        Buffer buffer = Buffer.buffer(request(NO_TOKEN));
        Frame frame = requireNonNull(Frame.parse(0, buffer));
        buffer.setByte(40, (byte) (buffer.getByte(40) ^ 1));
        assertThatThrownBy(() -> frame.open(opening, ENVELOPE)).isInstanceOf(OpenFailedException.class);
    }

    @Test
    void parse_behindOtherBytes_readsEachFieldFromItsPlace() throws OpenFailedException {
        Frame whole = requireNonNull(Frame.parse(0, Buffer.buffer(request(TOKEN))));
        Frame behind = requireNonNull(Frame.parse(5, Buffer.buffer("12345").appendBytes(request(TOKEN))));
        assertThat(behind.tokenId()).isEqualTo(whole.tokenId());
        assertThat(behind.token()).isEqualTo(whole.token());
        assertThat(behind.salt()).isEqualTo(whole.salt());
        assertThat(behind.sequence()).isEqualTo(whole.sequence() + 1);
        assertThat(behind.sentAt()).isEqualTo(whole.sentAt());
        assertThat(behind.length()).isEqualTo(whole.length());
        assertThat(bytes(behind.open(opening, ENVELOPE))).isEqualTo(CONTENT);
    }

    @Test
    void toString_anyFrame_showsSizesOnly() {
        assertThat(parsed(request(NO_TOKEN))).hasToString("Frame[request, 70 bytes]");
        assertThat(parsed(request(TOKEN))).hasToString("Frame[request, 86 bytes]");
        assertThat(parsed(reply())).hasToString("Frame[reply, 70 bytes]");
    }

    private static byte[] name() {
        byte[] name = new byte[TokenId.LENGTH];
        new TokenId(0x1122334455667788L, -5).write(name, 0);
        return name;
    }

    @Test
    void length_anyFrame_isThatOfItsBytes() {
        byte[] frame = request(new byte[0]);
        assertThat(parsed(frame).length()).isEqualTo(frame.length);
    }

    private byte[] request(byte[] token) {
        return FrameWriter.request(sealing, NAME, token, SENT_AT, ENVELOPE, CONTENT);
    }

    private byte[] reply() {
        return FrameWriter.reply(sealing, NAME, SENT_AT, ENVELOPE, CONTENT);
    }

    private static byte[] ciphertext(byte[] frame) {
        return Arrays.copyOfRange(frame, FrameLayout.HEADER_LENGTH, frame.length);
    }

    private byte[] withTokenLength(int length) {
        Buffer frame = Buffer.buffer(request(TOKEN));
        return frame.setShort(FrameLayout.HEADER_LENGTH, (short) length).getBytes();
    }

    private static void makePlausible(byte[] bytes, Random random) {
        if (bytes.length > FrameLayout.FLAGS_OFFSET) {
            bytes[FrameLayout.VERSION_OFFSET] = FrameLayout.VERSION;
            bytes[FrameLayout.FLAGS_OFFSET] = (byte) random.nextInt(3);
        }
        if (bytes.length > FrameLayout.HEADER_LENGTH && random.nextBoolean()) {
            bytes[FrameLayout.HEADER_LENGTH] = 0;
        }
    }

    private static @Nullable Frame parse(byte[] bytes) {
        return Frame.parse(0, Buffer.buffer(bytes));
    }

    private static Frame parsed(byte[] bytes) {
        return requireNonNull(parse(bytes));
    }

    private static byte[] withBit(byte[] frame, int position, int bit) {
        byte[] changed = frame.clone();
        changed[position] ^= (byte) (1 << bit);
        return changed;
    }

    private void assertEveryBitMatters(byte[] frame, int exceptFrom, int exceptTo) {
        for (int position = 0; position < frame.length; position++) {
            if (position >= exceptFrom && position < exceptTo) {
                continue;
            }
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                assertRefused(withBit(frame, position, bit), ENVELOPE);
            }
        }
    }

    /** Holds for frames that cannot be parsed, too. */
    private void assertRefused(byte[] bytes, Envelope envelope) {
        Frame frame = Frame.parse(0, Buffer.buffer(bytes));
        if (frame != null) {
            assertThatExceptionOfType(OpenFailedException.class).isThrownBy(() -> frame.open(opening, envelope));
        }
    }

    @Test
    void salt_ofAReply_isTheOneAndNoOther() {
        Frame behind = requireNonNull(Frame.parse(3, Buffer.buffer("123").appendBytes(reply())));
        assertThat(behind.hasSalt(NAME)).isTrue();
        for (int i = 0; i < NAME.length; i++) {
            assertThat(behind.hasSalt(withBit(NAME, i, 0))).isFalse();
        }
        assertThat(behind.hasSalt(Arrays.copyOf(NAME, NAME.length - 1))).isFalse();
    }

    @Test
    void tagMark_ofAFrame_isTheBeginningOfItsTag() {
        byte[] frame = request(TOKEN);
        int expected = Buffer.buffer(frame).getInt(frame.length - SealingKey.TAG_LENGTH);
        Frame behind = requireNonNull(Frame.parse(3, Buffer.buffer("123").appendBytes(frame)));
        assertThat(behind.tagMark()).isEqualTo(expected);
    }

    @Test
    void reply_appended_tellsItsNumber() {
        reply();
        Buffer out = Buffer.buffer();
        long sequence = FrameWriter.reply(sealing, NAME, SENT_AT, ENVELOPE, into -> into.appendBytes(CONTENT), out);
        assertThat(sequence).isEqualTo(1);
        assertThat(requireNonNull(Frame.parse(0, out)).sequence()).isEqualTo(1);
    }

    /** A body's codec may fail in the middle: nothing of what it wrote may stay where the next message is written. */
    @Test
    void request_whoseContentFails_leavesNoPlaintextInTheBuffer() {
        Buffer out = Buffer.buffer(4096).appendString("before");
        assertThatIllegalStateException()
                .isThrownBy(() -> FrameWriter.request(
                        sealing, sealing.claim(), NAME, TOKEN, SENT_AT, ENVELOPE, FrameTest::fails, out));
        assertThat(out).isEqualTo(Buffer.buffer("before"));
        ByteBuf raw = ((BufferInternal) out).unwrap();
        byte[] behind = Arrays.copyOfRange(
                raw.array(), raw.arrayOffset() + "before".length(), raw.arrayOffset() + raw.capacity());
        assertThat(behind).containsOnly(0);
    }

    private static void fails(Buffer out) {
        out.appendBytes(CONTENT);
        throw new IllegalStateException("in the middle");
    }

    /** Nobody can read more than there is of a frame that lies at the end of its array. */
    @Test
    void parse_ofASlice_readsFromWhereItBegins() throws OpenFailedException {
        byte[] frame = request(TOKEN);
        ByteBuf slice = Unpooled.wrappedBuffer(
                        Buffer.buffer("1234567").appendBytes(frame).getBytes())
                .slice(4, frame.length + 3);
        Frame read = requireNonNull(Frame.parse(3, BufferInternal.buffer(slice)));
        assertThat(bytes(read.open(opening, ENVELOPE))).isEqualTo(CONTENT);
    }
}
