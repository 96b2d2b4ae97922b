// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Operation;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerTest {
    private static final String DOMAIN = "test.example";
    private static final long NOW = 1_800_000_000_000L;

    private final HpkeKeyPair keys = HpkeKeyPair.generate();
    private final SecretBytes current = SecretBytes.random(ProviderKey.LENGTH);
    private final SecretBytes next = SecretBytes.random(ProviderKey.LENGTH);
    private final SecretBytes directory = SecretBytes.random(DirectoryKey.LENGTH);
    private final Answer.Granted granted = granted();
    private final Question question = question();

    @Test
    void open_granted_isTheSame() throws OpenFailedException {
        Answer.Granted opened = (Answer.Granted) question.open(answered(question, granted));
        assertThat(opened).usingRecursiveComparison().ignoringFields("keys").isEqualTo(granted);
        assertThat(opened.keys()).extracting(ProviderKey::operation).containsExactly("resize", "resize");
        assertThat(opened.keys()).extracting(ProviderKey::epoch).containsExactly(3L, 4L);
        assertThat(opened.keys().get(0).secret().sameAs(current)).isTrue();
        assertThat(opened.keys().get(1).secret().sameAs(next)).isTrue();
    }

    @Test
    void open_grantedWithDirectories_isTheSame() throws OpenFailedException {
        Answer.Granted opened = (Answer.Granted) question.open(answered(question, withDirectory()));
        assertThat(opened.keys()).hasSize(2);
        assertThat(opened.keys().get(1).secret().sameAs(next)).isTrue();
        assertThat(opened.directoryKeys()).hasSize(1);
        assertThat(opened.directoryKeys().get(0).operation()).isEqualTo("resize");
        assertThat(opened.directoryKeys().get(0).epoch()).isEqualTo(5);
        assertThat(opened.directoryKeys().get(0).secret().sameAs(directory)).isTrue();
    }

    /** An orchestrator that writes none is understood by versions that knew of none. */
    @Test
    void write_withoutDirectories_doesNotNameThem() {
        assertThat(SecretTail.json(AnswerFormat.write(granted)).fieldNames()).doesNotContain("directories");
        assertThat(SecretTail.json(AnswerFormat.write(withDirectory())).fieldNames())
                .contains("directories");
    }

    @Test
    void eraseKeys_grantedWithDirectories_erasesThemToo() {
        withDirectory().eraseKeys();
        assertThat(directory.isErased()).isTrue();
        assertThat(current.isErased()).isTrue();
    }

    @Test
    void open_grantedNothing_isTheSame() throws OpenFailedException {
        Answer.Granted nothing =
                new Answer.Granted(1, "", 2, 3, List.of(), Mode.OFF, List.of(), List.of(), Revocations.none());
        assertThat(question.open(answered(question, nothing))).isEqualTo(nothing);
    }

    @ParameterizedTest
    @EnumSource
    void open_denied_isTheSame(DenialReason reason) throws OpenFailedException {
        Answer.Denied denied = new Answer.Denied(NOW, reason, "for \u00e4 reason");
        assertThat(question.open(answered(question, denied))).isEqualTo(denied);
    }

    @Test
    void open_twoAnswersToOneQuestion_opensBoth() throws OpenFailedException {
        Buffer one = answered(question, granted);
        Buffer two = answered(question, granted);
        assertThat(one).isNotEqualTo(two);
        assertThat(question.open(one).orchestratorTime()).isEqualTo(NOW);
        assertThat(question.open(two).orchestratorTime()).isEqualTo(NOW);
    }

    @Test
    void open_answerToAnotherQuestion_isRefused() throws OpenFailedException {
        Question other = question();
        Buffer answer = answered(other, granted);
        assertThat(other.open(answer).orchestratorTime()).isEqualTo(NOW);
        assertRefused(answer);
    }

    @Test
    void open_theQuestionItself_isRefused() {
        assertRefused(question.sealed());
    }

    @Test
    void open_anyBitTurned_isRefused() throws OpenFailedException {
        Buffer answer = answered(question, denied());
        for (int i = 0; i < answer.length(); i++) {
            assertRefused(Tampering.withBit(answer, i, i % 8));
        }
    }

    @Test
    void open_cutToAnyLength_isRefused() throws OpenFailedException {
        Buffer answer = answered(question, denied());
        for (int length = 0; length < answer.length(); length++) {
            assertRefused(answer.getBuffer(0, length));
        }
        assertRefused(answer.copy().appendByte((byte) 0));
    }

    @Test
    void open_closedQuestion_throws() throws OpenFailedException {
        Buffer answer = answered(question, granted);
        question.close();
        assertThatIllegalStateException().isThrownBy(() -> question.open(answer));
    }

    @Test
    void seal_granted_isNotReadable() throws OpenFailedException {
        assertThat(answered(question, granted).toString("ISO-8859-1"))
                .doesNotContain("resize", "token-one", "0123456789abcdef");
    }

    @Test
    void seal_granted_leavesTheKeysAlive() throws OpenFailedException {
        answered(question, granted);
        assertThat(current.isErased()).isFalse();
        assertThat(next.isErased()).isFalse();
    }

    @Test
    void eraseKeys_granted_erasesAll() {
        granted.eraseKeys();
        assertThat(current.isErased()).isTrue();
        assertThat(next.isErased()).isTrue();
    }

    @Test
    void write_jsonPart_neverHoldsAKey() {
        byte[] plain = AnswerFormat.write(granted);
        byte[] front = Buffer.buffer(plain).getBytes(0, plain.length - 64);
        Tampering.assertHoldsNot(front, current);
        Tampering.assertHoldsNot(front, next);
        assertThat(current.sameAs(Buffer.buffer(plain).getBytes(plain.length - 64, plain.length - 32)))
                .isTrue();
        assertThat(next.sameAs(Buffer.buffer(plain).getBytes(plain.length - 32, plain.length)))
                .isTrue();
    }

    @Test
    void read_moreOrFewerKeysThanNames_throws() {
        JsonObject json = SecretTail.json(AnswerFormat.write(granted));
        assertUnreadable(SecretTail.write(json, List.of(current)));
        assertUnreadable(SecretTail.write(json, List.of(current, next, next)));
    }

    @Test
    void read_cutToAnyLength_throws() {
        byte[] plain = AnswerFormat.write(granted);
        for (int length = 0; length < plain.length; length++) {
            assertUnreadable(Buffer.buffer(plain).getBytes(0, length));
        }
    }

    @Test
    void read_unknownReason_throws() {
        JsonObject json = SecretTail.json(AnswerFormat.write(denied())).put("denied", "NO_SUCH_REASON");
        assertUnreadable(SecretTail.write(json, List.of()));
    }

    @Test
    void toString_granted_showsNeitherTokensNorKeys() {
        assertThat(granted).hasToString("Granted[0123456789abcdef, 2 tokens, 2 keys]");
        assertThat(granted.keys().get(0)).hasToString("ProviderKey[resize, epoch 3]");
        assertThat(new DirectoryKey("resize", 5, directory)).hasToString("DirectoryKey[resize, epoch 5]");
    }

    @Test
    void construct_listsChangedLater_keepsItsOwn() {
        List<String> tokens = new ArrayList<>(List.of("a"));
        Answer.Granted copied =
                new Answer.Granted(1, "i", 2, 3, List.of(), Mode.OFF, tokens, List.of(), Revocations.none());
        tokens.add("b");
        assertThat(copied.tokens()).containsExactly("a");
    }

    static Answer denied() {
        return new Answer.Denied(NOW, DenialReason.BAD_CREDENTIAL, "expired");
    }

    private Answer.Granted granted() {
        return granted(List.of());
    }

    private Answer.Granted granted(List<DirectoryKey> directories) {
        Operation operation = new Operation(
                "resize", List.of(AddressPattern.parse("image.resize"), AddressPattern.parse("image.resize.*")));
        return new Answer.Granted(
                NOW,
                "0123456789abcdef",
                NOW + 60_000,
                20_000,
                List.of(operation),
                Mode.OBSERVE,
                List.of("token-one", "token-two"),
                List.of(new ProviderKey("resize", 3, current), new ProviderKey("resize", 4, next)),
                new Revocations(9, 8, Map.of("i1", 7L), Map.of("web", 6L), Map.of("resize", 3L)),
                directories);
    }

    private Answer.Granted withDirectory() {
        return granted(List.of(new DirectoryKey("resize", 5, directory)));
    }

    private Question question() {
        SecretBytes seed = SecretBytes.random(Registration.SEED_LENGTH);
        Registration registration =
                new Registration(RegistrationKind.REGISTER, NOW, "web", "c", "", Set.of(), Set.of(), seed);
        return Question.seal(registration, keys.publicKey(), DOMAIN);
    }

    private Buffer answered(Question asked, Answer answer) throws OpenFailedException {
        try (ReceivedQuestion received = ReceivedQuestion.open(asked.sealed(), keys, DOMAIN)) {
            return received.seal(answer);
        }
    }

    private void assertRefused(Buffer answer) {
        assertThatExceptionOfType(OpenFailedException.class).isThrownBy(() -> question.open(answer));
    }

    private static void assertUnreadable(byte[] plain) {
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> AnswerFormat.read(plain));
    }
}
