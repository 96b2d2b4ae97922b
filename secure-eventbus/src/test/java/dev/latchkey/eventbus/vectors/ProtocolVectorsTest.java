// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.vectors;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.latchkey.eventbus.BootstrapDocument;
import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.crypto.Hkdf;
import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.HpkeReceiver;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.OpeningKey;
import dev.latchkey.eventbus.crypto.OperationKeys;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.directory.DirectoryBox;
import dev.latchkey.eventbus.directory.DirectoryUpdate;
import dev.latchkey.eventbus.directory.ProviderEntry;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.Notice;
import dev.latchkey.eventbus.registration.PlainAnswers;
import dev.latchkey.eventbus.registration.Question;
import dev.latchkey.eventbus.registration.ReceivedQuestion;
import dev.latchkey.eventbus.token.JwtException;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.token.Tickets;
import dev.latchkey.eventbus.token.TokenReader;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.ContentFormat;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import dev.latchkey.eventbus.wire.Plaintexts;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors of docs/protocol.md: they are what the product makes, and the product opens them. */
class ProtocolVectorsTest {
    /** Made once: a cipher refuses to seal one nonce twice in a row. */
    private static final JsonObject MADE = make();

    private static JsonObject make() {
        return new JsonObject()
                .put("note", "Test keys. Bytes are in hex, texts as they are. docs/protocol.md explains each member.")
                .put("keySchedule", KeyVectors.make())
                .put("token", TokenVectors.make())
                .put("contents", ContentVectors.make())
                .put("frames", FrameVectors.make())
                .put("registration", RegistrationVectors.make())
                .put("directory", DirectoryVectors.make())
                .put("bootstrap", BootstrapVectors.make())
                .put("trustBundle", TokenVectors.trustBundle().toJson());
    }

    @BeforeAll
    static void writeIfAsked() {
        if (VectorFile.isToBeWritten()) {
            VectorFile.write(MADE);
        }
    }

    private static JsonObject section(String name) {
        return VectorFile.read().getJsonObject(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "note",
                "keySchedule",
                "token",
                "contents",
                "frames",
                "registration",
                "directory",
                "bootstrap",
                "trustBundle"
            })
    void file_anySection_isWhatTheProductMakes(String name) {
        assertThat(VectorFile.read().getValue(name)).isEqualTo(new JsonObject(MADE.encode()).getValue(name));
    }

    @Test
    void keySchedule_formulasOfThePage_giveTheSameKeys() {
        JsonObject keys = section("keySchedule");
        byte[] encKey = Bytes.of(keys, "encKey");
        byte[] salt = Bytes.of(keys, "replySalt");
        assertThat(Bytes.hkdf(Bytes.of(keys, "callSeedInput"), "latchkey/1 call_salt", "call-seed"))
                .isEqualTo(Bytes.of(keys, "callSeed"));
        assertThat(Hkdf.expand(encKey, Bytes.text("latchkey/1 request"), 32)).isEqualTo(Bytes.of(keys, "requestKey"));
        assertThat(Hkdf.derive(encKey, salt, Bytes.text("latchkey/1 reply from provider"), 32))
                .isEqualTo(Bytes.of(keys, "replyKeyOfProvider"));
        assertThat(Hkdf.derive(encKey, salt, Bytes.text("latchkey/1 reply from caller"), 32))
                .isEqualTo(Bytes.of(keys, "replyKeyOfCaller"));
    }

    @Test
    void keySchedule_macsUnderTheKeys_areThose() {
        // HKDF-Extract is HMAC (RFC 5869, section 2.2).
        JsonObject keys = section("keySchedule");
        assertThat(Hkdf.extract(Bytes.of(keys, "authKey"), Bytes.of(keys, "input")))
                .isEqualTo(Bytes.of(keys, "authMac"));
        assertThat(Hkdf.extract(Bytes.of(keys, "authzKey"), Bytes.of(section("token"), "scope")))
                .isEqualTo(Bytes.of(section("token"), "scopeMac"));
    }

    @Test
    void token_readByTheTrustBundle_isTheGrant() throws JwtException {
        assertThat(token().grant()).isEqualTo(TokenVectors.grant());
    }

    @Test
    void token_ticketUnderTheProviderKey_givesTheCallSeed() throws Exception {
        JsonObject vector = section("token");
        try (SaltedBox box = Tickets.box(Bytes.secret(vector, "providerKey"))) {
            assertThat(Tickets.open(token(), box).copy()).isEqualTo(Bytes.of(vector, "callSeed"));
        }
        assertThat(token().proof().ticket()).isEqualTo(Bytes.of(vector, "ticket"));
    }

    @Test
    void token_proof_holdsUnderTheKeys() throws JwtException {
        ServiceToken token = token();
        OperationKeys keys = KeyVectors.keys();
        assertThat(keys.authenticates(token.proof().authenticationMac())).isTrue();
        assertThat(keys.authorises(token.grant().canonicalScope(), token.proof().scopeMac()))
                .isTrue();
    }

    private static ServiceToken token() throws JwtException {
        TrustBundle trust = TrustBundle.fromJson(section("trustBundle"));
        return new TokenReader(trust.tokenKeys(), trust.trustDomain())
                .read(section("token").getString("compact"));
    }

    static Stream<String> contents() {
        return ContentVectors.contents().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("contents")
    void content_read_isWhatItsNameSays(String name) {
        Content expected = requireNonNull(ContentVectors.contents().get(name));
        Content read = ContentFormat.read(Bytes.of(section("contents"), name), new SystemCodecs());
        assertThat(read.codec().name()).isEqualTo(expected.codec().name());
        assertThat(read.patience()).isEqualTo(expected.patience());
        assertThat(String.valueOf(read.headers())).isEqualTo(String.valueOf(expected.headers()));
        if (!(expected.body() instanceof ReplyException)) {
            assertThat(read.body()).isEqualTo(expected.body());
        }
    }

    static Stream<String> frames() {
        return MADE.getJsonObject("frames").fieldNames().stream().filter(name -> !name.equals("noFrames"));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void frame_opened_isTheContent(String name) throws OpenFailedException {
        JsonObject vector = section("frames").getJsonObject(name);
        byte[] opened = Plaintexts.bytes(frame(vector).open(key(vector), envelope(vector)));
        assertThat(opened).isEqualTo(Bytes.of(section("contents"), vector.getString("content")));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void frame_aadOfThePage_opensItToo(String name) throws OpenFailedException {
        JsonObject vector = section("frames").getJsonObject(name);
        byte[] content = Bytes.of(section("contents"), vector.getString("content"));
        byte[] frame = Bytes.of(vector, "frame");
        byte[] aad = Bytes.of(vector, "aad");
        int sealed = frame.length - content.length - 16;
        byte[] opened = new byte[content.length];
        key(vector).open(vector.getLong("sequence"), aad, aad.length, frame, sealed, frame.length - sealed, opened);
        assertThat(opened).isEqualTo(content);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void frame_parsed_hasTheFields(String name) {
        JsonObject vector = section("frames").getJsonObject(name);
        Frame frame = frame(vector);
        assertThat(frame.isReply()).isEqualTo(!name.equals("publish") && !name.startsWith("request"));
        assertThat(frame.sequence()).isEqualTo(vector.getLong("sequence"));
        assertThat(frame.sentAt()).isEqualTo(vector.getLong("sentAt"));
        assertThat(frame.token())
                .isEqualTo(name.equals("requestWithToken") ? section("token").getString("compact") : null);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void frame_inAnotherEnvelope_doesNotOpen(String name) {
        JsonObject vector = section("frames").getJsonObject(name);
        Envelope moved = new Envelope("image.other", vector.getString("replyAddress"), vector.getBoolean("send"));
        assertThatExceptionOfType(OpenFailedException.class)
                .isThrownBy(() -> frame(vector).open(key(vector), moved));
    }

    @Test
    void frame_thatIsNone_isNotParsed() {
        for (Object one : section("frames").getJsonArray("noFrames")) {
            JsonObject vector = (JsonObject) one;
            assertThat(Frame.parse(0, Buffer.buffer(Bytes.of(vector, "frame"))))
                    .as(vector.getString("why"))
                    .isNull();
        }
    }

    private static Frame frame(JsonObject vector) {
        return requireNonNull(Frame.parse(0, Buffer.buffer(Bytes.of(vector, "frame"))));
    }

    private static OpeningKey key(JsonObject vector) {
        return new OpeningKey(Bytes.secret(vector, "key"));
    }

    private static Envelope envelope(JsonObject vector) {
        return new Envelope(vector.getString("address"), vector.getString("replyAddress"), vector.getBoolean("send"));
    }

    @Test
    void question_opened_isTheRegistration() throws OpenFailedException {
        try (ReceivedQuestion received = question()) {
            assertThat(received.registration())
                    .usingRecursiveComparison()
                    .ignoringFields("seed")
                    .isEqualTo(RegistrationVectors.registration());
            assertThat(received.registration().seed().sameAs(KeyVectors.SEED)).isTrue();
        }
    }

    @Test
    void question_sealedByTheProduct_holdsTheSameBytes() throws OpenFailedException {
        JsonObject vector = section("registration");
        byte[] sealed = Question.seal(
                        RegistrationVectors.registration(),
                        Bytes.of(vector, "registrationPublicKey"),
                        vector.getString("trustDomain"))
                .sealed()
                .getBytes();
        assertThat(plain(vector, sealed)).isEqualTo(Bytes.of(vector, "questionPlain"));
    }

    @Test
    void question_openedByTheFormulasOfThePage_isThePlainText() throws OpenFailedException {
        JsonObject vector = section("registration");
        assertThat(plain(vector, Bytes.of(vector, "question"))).isEqualTo(Bytes.of(vector, "questionPlain"));
    }

    private static byte[] plain(JsonObject vector, byte[] question) throws OpenFailedException {
        HpkeReceiver receiver = HpkeReceiver.from(
                HpkeKeyPair.of(Bytes.secret(vector, "registrationPrivateKey")),
                Arrays.copyOfRange(question, 1, 33),
                Bytes.text(vector.getString("info")));
        return receiver.open(new byte[] {1}, Arrays.copyOfRange(question, 33, question.length));
    }

    @Test
    void answer_opened_isTheGrant() throws OpenFailedException {
        Answer.Granted read = (Answer.Granted) PlainAnswers.read(opened("granted"));
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("keys", "directoryKeys")
                .isEqualTo(RegistrationVectors.granted());
        assertThat(read.keys()).hasToString(RegistrationVectors.granted().keys().toString());
        assertThat(read.keys().get(1).secret().copy()).isEqualTo(Bytes.counting(0x30, 32));
        assertThat(read.directoryKeys().get(0).secret().copy()).isEqualTo(DirectoryVectors.KEY);
    }

    @Test
    void answer_opened_isTheDenial() throws OpenFailedException {
        assertThat(PlainAnswers.read(opened("denied"))).isEqualTo(RegistrationVectors.denied());
    }

    @Test
    void answer_sealedByTheProduct_holdsTheSameBytes() throws OpenFailedException {
        try (ReceivedQuestion question = question()) {
            JsonObject vector = section("registration");
            assertThat(opened(question.seal(RegistrationVectors.granted()).getBytes()))
                    .isEqualTo(Bytes.of(vector, "grantedPlain"));
            assertThat(opened(question.seal(RegistrationVectors.denied()).getBytes()))
                    .isEqualTo(Bytes.of(vector, "deniedPlain"));
        }
    }

    @Test
    void notice_isSignedByTheProductAsByTheFormulaOfThePage() {
        Buffer notice = Notice.sign(RegistrationVectors.revocations(), TokenVectors.signingKey(), TokenVectors.DOMAIN);
        assertThat(notice.getBytes()).isEqualTo(Bytes.of(section("registration"), "notice"));
        byte[] body = notice.getBytes(73, notice.length());
        byte[] signed = Buffer.buffer("latchkey/1 notice")
                .appendUnsignedShort(TokenVectors.DOMAIN.length())
                .appendString(TokenVectors.DOMAIN)
                .appendBuffer(notice.getBuffer(1, 9))
                .appendBytes(body)
                .getBytes();
        assertThat(TokenVectors.signingKey().verifyingKey().verify(signed, notice.getBytes(9, 73)))
                .isTrue();
    }

    @Test
    void notice_verified_isTheState() {
        Buffer notice = Buffer.buffer(Bytes.of(section("registration"), "notice"));
        assertThat(Notice.verify(notice, List.of(TokenVectors.signingKey().verifyingKey()), TokenVectors.DOMAIN))
                .isEqualTo(RegistrationVectors.revocations());
    }

    @Test
    void directory_updateOpenedByTheProduct_isThat() throws OpenFailedException {
        DirectoryUpdate update = directoryBox()
                .open(
                        Buffer.buffer(Bytes.of(section("directory"), "update")),
                        List.of(TokenVectors.signingKey().verifyingKey()),
                        TokenVectors.DOMAIN);
        assertThat(update.number()).isEqualTo(2);
        assertThat(update.entries())
                .extracting(ProviderEntry::instance, ProviderEntry::ended)
                .containsExactly(tuple("0123456789abcdef", false), tuple("fedcba9876543210", true));
    }

    @Test
    void directory_updateSealedByTheProduct_holdsTheSameBytes() throws OpenFailedException {
        JsonObject vector = section("directory");
        DirectoryBox box = directoryBox();
        DirectoryUpdate update = box.open(
                Buffer.buffer(Bytes.of(vector, "update")),
                List.of(TokenVectors.signingKey().verifyingKey()),
                TokenVectors.DOMAIN);
        byte[] made =
                box.seal(update, TokenVectors.signingKey(), TokenVectors.DOMAIN).getBytes();
        try (SaltedBox plain = new SaltedBox(Bytes.secret(vector, "key"), "directory")) {
            assertThat(plain.open(Bytes.of(vector, "aad"), Arrays.copyOfRange(made, 9, made.length)))
                    .isEqualTo(Bytes.of(vector, "updatePlain"));
        }
        assertThat(Arrays.copyOf(made, 9)).isEqualTo(Arrays.copyOf(Bytes.of(vector, "update"), 9));
    }

    @Test
    void directory_questionOpenedByTheProduct_isItsTime() throws OpenFailedException {
        Buffer question = Buffer.buffer(Bytes.of(section("directory"), "question"));
        assertThat(directoryBox().openQuestion(question)).isEqualTo(DirectoryVectors.ASKED_AT);
    }

    private static DirectoryBox directoryBox() {
        return new DirectoryBox(
                KeyVectors.OPERATION, DirectoryVectors.EPOCH, Bytes.secret(section("directory"), "key"));
    }

    @Test
    void bootstrap_verifiedByItsPin_isTheDocument() {
        JsonObject vector = section("bootstrap");
        BootstrapDocument document = BootstrapDocument.verify(
                vector.getString("compact"), List.of(vector.getString("pin")), BootstrapVectors.NOW * 1000);
        assertThat(document.trustBundle()).isEqualTo(TokenVectors.trustBundle());
        assertThat(document.cluster()).isEqualTo(vector.getJsonObject("claims").getJsonObject("cluster"));
    }

    private static ReceivedQuestion question() throws OpenFailedException {
        JsonObject vector = section("registration");
        return ReceivedQuestion.open(
                Buffer.buffer(Bytes.of(vector, "question")),
                HpkeKeyPair.of(Bytes.secret(vector, "registrationPrivateKey")),
                vector.getString("trustDomain"));
    }

    private static byte[] opened(String answer) throws OpenFailedException {
        return opened(Bytes.of(section("registration"), answer));
    }

    private static byte[] opened(byte[] answer) throws OpenFailedException {
        JsonObject vector = section("registration");
        try (SaltedBox box = new SaltedBox(Bytes.secret(vector, "answerSecret"), "registration answer")) {
            return box.open(Bytes.of(vector, "answerAad"), answer);
        }
    }
}
