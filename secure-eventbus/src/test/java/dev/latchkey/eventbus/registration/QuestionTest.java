// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.HpkeSender;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SecretBytes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
    private static final String DOMAIN = "test.example";

    private final HpkeKeyPair keys = HpkeKeyPair.generate();
    private final SecretBytes seed = SecretBytes.random(Registration.SEED_LENGTH);
    private final Registration registration = registration(RegistrationKind.REGISTER);

    @Test
    void open_sealed_isTheSameRegistration() throws OpenFailedException {
        Registration received = opened(sealed()).registration();
        assertThat(received).usingRecursiveComparison().ignoringFields("seed").isEqualTo(registration);
        assertThat(received.seed().sameAs(seed)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void open_anyKind_isKept(RegistrationKind kind) throws OpenFailedException {
        assertThat(opened(sealed(registration(kind))).registration().kind()).isEqualTo(kind);
    }

    @Test
    void open_emptySetsAndTexts_areKept() throws OpenFailedException {
        Registration empty = new Registration(RegistrationKind.LEAVE, 0, "", "", "", Set.of(), Set.of(), seed);
        Registration received = opened(sealed(empty)).registration();
        assertThat(received).usingRecursiveComparison().ignoringFields("seed").isEqualTo(empty);
    }

    @Test
    void open_observations_areKept() throws OpenFailedException {
        Registration telling =
                telling(new Observation("a.b", Flow.SENT, "web", 7), new Observation("c", Flow.RECEIVED, "", 1));
        Registration received = opened(sealed(telling)).registration();
        assertThat(received.observed()).isEqualTo(telling.observed());
    }

    @Test
    void open_observationThatIsNone_isRefused() {
        assertRefused(telling(new Observation("a", Flow.SENT, "web", -1)));
        assertRefused(telling(new Observation("a".repeat(256), Flow.SENT, "web", 1)));
    }

    @Test
    void open_observationAtItsBounds_isKept() throws OpenFailedException {
        Observation none = new Observation("a".repeat(255), Flow.SENT, "web", 0);
        assertThat(opened(sealed(telling(none))).registration().observed()).containsExactly(none);
    }

    private void assertRefused(Registration told) {
        assertThatExceptionOfType(OpenFailedException.class).isThrownBy(() -> opened(sealed(told)));
    }

    private Registration telling(Observation... observed) {
        return new Registration(RegistrationKind.RENEW, 1, "web", "", "i", Set.of(), Set.of(), List.of(observed), seed);
    }

    @Test
    void seal_anyRegistration_isNotReadable() {
        String sealed = sealed().toString("ISO-8859-1");
        assertThat(sealed).doesNotContain("web", "credential", "process_image");
    }

    @Test
    void seal_twice_looksDifferent() {
        assertThat(sealed()).isNotEqualTo(sealed());
    }

    @Test
    void seal_anyRegistration_leavesTheSeedAlive() {
        try (Question question = question()) {
            assertThat(question.sealed().length()).isPositive();
        }
        assertThat(seed.isErased()).isFalse();
    }

    @Test
    void seal_toNoPublicKey_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Question.seal(registration, new byte[32], DOMAIN));
        assertThatIllegalArgumentException().isThrownBy(() -> Question.seal(registration, new byte[31], DOMAIN));
    }

    @Test
    void open_anyBitTurned_isRefused() {
        Buffer sealed = sealed();
        for (int i = 0; i < sealed.length(); i++) {
            assertRefused(Tampering.withBit(sealed, i, i % 8), keys, DOMAIN);
        }
    }

    @Test
    void open_everyBitOfTheEncapsulatedKeyTurned_isRefusedOrAnotherQuestion() throws OpenFailedException {
        Buffer sealed = sealed();
        // X25519 ignores the key's highest bit, but HPKE hashes the key as it was sent.
        for (int bit = 0; bit < 8; bit++) {
            assertRefused(Tampering.withBit(sealed, RegistrationWire.SEALED_OFFSET - 1, bit), keys, DOMAIN);
        }
        assertThat(opened(sealed).registration().service()).isEqualTo("web");
    }

    @Test
    void open_cutToAnyLength_isRefused() {
        Buffer sealed = sealed();
        for (int length = 0; length < sealed.length(); length++) {
            assertRefused(sealed.getBuffer(0, length), keys, DOMAIN);
        }
        assertRefused(sealed.copy().appendByte((byte) 0), keys, DOMAIN);
    }

    @Test
    void open_anotherVersion_isRefused() {
        Buffer sealed = sealed();
        for (int version : new int[] {0, 2, 255}) {
            assertRefused(sealed.copy().setByte(0, (byte) version), keys, DOMAIN);
        }
    }

    @Test
    void open_anotherTrustDomain_isRefused() {
        assertRefused(sealed(), keys, "other.example");
        assertRefused(sealed(), keys, "");
    }

    @Test
    void open_anotherKey_isRefused() {
        assertRefused(sealed(), HpkeKeyPair.generate(), DOMAIN);
    }

    @Test
    void open_garbage_isRefused() {
        for (int length = 0; length < 300; length++) {
            Buffer garbage = Buffer.buffer(SecretBytes.random(length).copy());
            if (length > 0) {
                garbage.setByte(0, RegistrationWire.VERSION);
            }
            assertRefused(garbage, keys, DOMAIN);
        }
    }

    @Test
    void open_encapsulatedKeyOfLowOrder_isRefused() {
        Buffer zeros = Buffer.buffer(new byte[200]).setByte(0, RegistrationWire.VERSION);
        assertRefused(zeros, keys, DOMAIN);
    }

    /** Base mode: anyone can seal, so a well sealed question may hold anything. */
    @ParameterizedTest
    @ValueSource(strings = {"kind", "sentAt", "service", "credential", "instance", "provides", "invokes"})
    void open_memberMissingNullOrStrange_isRefused(String member) {
        assertRefused(forged(json -> json.remove(member)), keys, DOMAIN);
        assertRefused(forged(json -> json.putNull(member)), keys, DOMAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind", "sentAt", "provides", "invokes"})
    void open_memberOfStrangeType_isRefused(String member) {
        assertRefused(forged(json -> json.put(member, "?")), keys, DOMAIN);
        assertRefused(forged(json -> json.put(member, new JsonObject())), keys, DOMAIN);
        assertRefused(forged(json -> json.put(member, new JsonArray().addNull())), keys, DOMAIN);
    }

    @Test
    void open_noOrTwoSeeds_isRefused() {
        assertRefused(forged(SecretTail.write(json(), List.of())), keys, DOMAIN);
        assertRefused(forged(SecretTail.write(json(), List.of(seed, seed))), keys, DOMAIN);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1000, 0, 1})
    void open_absurdLengthOfTheJson_isRefused(int length) {
        byte[] plain = SecretTail.write(json(), List.of(seed));
        Buffer changed = Buffer.buffer(plain).setInt(0, length);
        assertRefused(forged(changed.getBytes()), keys, DOMAIN);
    }

    @Test
    void open_sealedEmptyText_isRefused() {
        assertRefused(forged(new byte[0]), keys, DOMAIN);
        assertRefused(forged(new byte[3]), keys, DOMAIN);
    }

    @Test
    void open_sealedByHandUnchanged_isAccepted() throws OpenFailedException {
        assertThat(opened(forged(json -> {})).registration().service()).isEqualTo("web");
    }

    @Test
    void fingerprint_replay_isEqual() throws OpenFailedException {
        Buffer sealed = sealed();
        assertThat(opened(sealed).fingerprint())
                .isEqualTo(opened(sealed.copy()).fingerprint())
                .hasSize(64);
    }

    @Test
    void fingerprint_anotherQuestion_differs() throws OpenFailedException {
        assertThat(opened(sealed()).fingerprint()).isNotEqualTo(opened(sealed()).fingerprint());
    }

    @Test
    void close_received_erasesItsSeed() throws OpenFailedException {
        ReceivedQuestion received = opened(sealed());
        received.close();
        assertThat(received.registration().seed().isErased()).isTrue();
        assertThat(seed.isErased()).isFalse();
    }

    @Test
    void seal_closedReceived_throws() throws OpenFailedException {
        ReceivedQuestion received = opened(sealed());
        received.close();
        assertThatIllegalStateException().isThrownBy(() -> received.seal(AnswerTest.denied()));
    }

    @Test
    void write_jsonPart_neverHoldsTheSeed() {
        byte[] plain = RegistrationFormat.write(registration);
        Buffer tail = Buffer.buffer(plain).getBuffer(plain.length - 32, plain.length);
        assertThat(seed.sameAs(tail.getBytes())).isTrue();
        Tampering.assertHoldsNot(Buffer.buffer(plain).getBytes(0, plain.length - 32), seed);
    }

    @Test
    void toString_registration_showsNeitherCredentialNorSeed() {
        assertThat(registration).hasToString("Registration[REGISTER web 0123456789abcdef]");
    }

    @Test
    void construct_setsChangedLater_keepsItsOwn() {
        Set<String> names = new HashSet<>(Set.of("a"));
        Registration copied = new Registration(RegistrationKind.RENEW, 1, "s", "c", "i", names, names, seed);
        names.add("b");
        assertThat(copied.provides()).containsExactly("a");
        assertThat(copied.invokes()).containsExactly("a");
    }

    private Registration registration(RegistrationKind kind) {
        return new Registration(
                kind,
                1_800_000_000_000L,
                "web",
                "the credential",
                "0123456789abcdef",
                Set.of("process_image", "resize"),
                Set.of("calculate_risk"),
                seed);
    }

    private Question question() {
        return Question.seal(registration, keys.publicKey(), DOMAIN);
    }

    private Buffer sealed() {
        return sealed(registration);
    }

    private Buffer sealed(Registration what) {
        try (Question question = Question.seal(what, keys.publicKey(), DOMAIN)) {
            return question.sealed();
        }
    }

    private ReceivedQuestion opened(Buffer sealed) throws OpenFailedException {
        return ReceivedQuestion.open(sealed, keys, DOMAIN);
    }

    private JsonObject json() {
        return SecretTail.json(RegistrationFormat.write(registration));
    }

    private Buffer forged(Consumer<JsonObject> change) {
        JsonObject json = json();
        change.accept(json);
        return forged(SecretTail.write(json, List.of(seed)));
    }

    private Buffer forged(byte[] plain) {
        HpkeSender sender = HpkeSender.to(keys.publicKey(), RegistrationWire.info(DOMAIN));
        return Buffer.buffer()
                .appendByte(RegistrationWire.VERSION)
                .appendBytes(sender.encapsulatedKey())
                .appendBytes(sender.seal(RegistrationWire.associatedData(), plain));
    }

    private static void assertRefused(Buffer sealed, HpkeKeyPair keys, String domain) {
        assertThatExceptionOfType(OpenFailedException.class)
                .isThrownBy(() -> ReceivedQuestion.open(sealed, keys, domain));
    }

    @Test
    void open_registrationThatSaysWhereItRuns_tellsIt() throws Exception {
        NodeAddress node = new NodeAddress("a-node", "127.0.0.1", 4711);
        SecretBytes seed = SecretBytes.random(Registration.SEED_LENGTH);
        Registration told =
                new Registration(RegistrationKind.RENEW, 1, "s", "c", "i", Set.of(), Set.of(), List.of(), seed, node);
        assertThat(NodeAddress.fromJson(node.toJson())).isEqualTo(node);
        assertThat(RegistrationFormat.read(RegistrationFormat.write(told)).node())
                .isEqualTo(node);
    }

    @Test
    void node_thatNoneIsCalled_isRefused() {
        for (NodeText no : List.of(
                new NodeText("", "h", 1),
                new NodeText("x".repeat(129), "h", 1),
                new NodeText("n", "h".repeat(256), 1),
                new NodeText("n", "h", -1),
                new NodeText("n", "h", 65_536))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new NodeAddress(no.id(), no.host(), no.port()));
        }
    }

    private record NodeText(String id, String host, int port) {}

    @Test
    void node_atTheBounds_isOne() {
        assertThat(new NodeAddress("x".repeat(128), "h".repeat(255), 0).port()).isZero();
        assertThat(new NodeAddress("n", "", 65_535).port()).isEqualTo(65_535);
    }
}
