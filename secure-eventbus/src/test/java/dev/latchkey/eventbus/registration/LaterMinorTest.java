// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.ViolationKind;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Modes;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.policy.ReplayScope;
import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Within a major version, whoever is older goes on with what it knows of a message, and whoever is newer does without the rest. */
class LaterMinorTest {
    private static final String DOMAIN = "test.example";
    private static final Revocations REVOKED = new Revocations(
                    9, 8, Map.of("i1", 70L), Map.of("web", 60L), Map.of("op", 3L))
            .withQuarantined("i2", "c2", 90, 10);

    private final SecretBytes secret = SecretBytes.random(32);

    private Registration registration(RegistrationKind kind) {
        return new Registration(
                kind,
                1,
                "web",
                "credential",
                "0123456789abcdef",
                Set.of("a"),
                Set.of("b"),
                List.of(new Observation("a.b", Flow.SENT, "web", 7)),
                secret,
                new NodeAddress("n1", "127.0.0.1", 5701),
                List.of(new Violation(ViolationKind.OUT_OF_SCOPE, "a", new TokenId(1, 2), 3)),
                List.of(new SealedFlow("web", "a", 5)));
    }

    private Answer.Granted granted() {
        Operation operation = new Operation(
                "a",
                List.of(AddressPattern.parse("a.*")),
                new Modes(Mode.STRICT, Map.of(AddressPattern.parse("a.b"), Mode.PERMISSIVE)),
                ReplayScope.SENDER,
                true);
        return new Answer.Granted(
                1,
                "0123456789abcdef",
                2,
                3,
                List.of(operation),
                Mode.OBSERVE,
                List.of("token"),
                List.of(new ProviderKey("a", 4, secret)),
                REVOKED);
    }

    /** As a later version writes it: secrets stay as they are, since their number is part of the major version. */
    private static byte[] later(byte[] written) {
        return SecretTail.write(LaterMinor.of(SecretTail.json(written)), SecretTail.secrets(written));
    }

    @ParameterizedTest
    @EnumSource
    void question_ofALaterMinor_isReadByThisOrchestrator(RegistrationKind kind) {
        Registration sent = registration(kind);
        Registration read = RegistrationFormat.read(later(RegistrationFormat.write(sent)));
        assertThat(read).usingRecursiveComparison().ignoringFields("seed").isEqualTo(sent);
        assertThat(read.seed().sameAs(secret)).isTrue();
    }

    @Test
    void answer_ofALaterMinor_isReadByThisInstance() {
        Answer.Granted sent = granted();
        Answer.Granted read = (Answer.Granted) AnswerFormat.read(later(AnswerFormat.write(sent)));
        assertThat(read).usingRecursiveComparison().ignoringFields("keys").isEqualTo(sent);
        assertThat(read.keys()).singleElement().satisfies(key -> {
            assertThat(key.epoch()).isEqualTo(4);
            assertThat(key.secret().sameAs(secret)).isTrue();
        });
    }

    @Test
    void denial_ofALaterMinor_isReadByThisInstance() {
        Answer.Denied sent = new Answer.Denied(1, DenialReason.REVOKED, "detail");
        assertThat(AnswerFormat.read(later(AnswerFormat.write(sent)))).isEqualTo(sent);
    }

    /** The signature is over the bytes that were sent, so it holds whatever is in them. */
    @Test
    void notice_ofALaterMinor_isVerifiedAndRead() {
        SigningKey key = SigningKey.generate();
        byte[] body = LaterMinor.of(REVOKED.toJson()).toBuffer().getBytes();
        Buffer notice = Buffer.buffer()
                .appendByte((byte) 1)
                .appendLong(REVOKED.number())
                .appendBytes(key.sign(signed(REVOKED.number(), body)))
                .appendBytes(body);
        assertThat(Notice.verify(notice, List.of(key.verifyingKey()), DOMAIN)).isEqualTo(REVOKED);
    }

    private static byte[] signed(long number, byte[] body) {
        byte[] label = "latchkey/1 notice".getBytes(StandardCharsets.US_ASCII);
        byte[] domain = DOMAIN.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(label.length + Short.BYTES + domain.length + Long.BYTES + body.length)
                .put(label)
                .putShort((short) domain.length)
                .put(domain)
                .putLong(number)
                .put(body)
                .array();
    }

    /** What the first minor version wrote, which knew neither nodes, reports nor quarantines. */
    @Test
    void question_ofTheFirstMinor_isReadByThisOrchestrator() {
        byte[] written = RegistrationFormat.write(registration(RegistrationKind.RENEW));
        JsonObject json = SecretTail.json(written);
        json.remove("node");
        json.remove("violations");
        json.remove("sealed");
        Registration read = RegistrationFormat.read(SecretTail.write(json, List.of(secret)));
        assertThat(read.node()).isNull();
        assertThat(read.violations()).isEmpty();
        assertThat(read.sealed()).isEmpty();
    }

    @Test
    void answer_ofTheFirstMinor_isReadByThisInstance() {
        JsonObject json = SecretTail.json(AnswerFormat.write(granted()));
        JsonObject operation = json.getJsonArray("operations").getJsonObject(0);
        Set.of("mode", "modes", "replay", "idempotent").forEach(operation::remove);
        json.getJsonObject("revoked").remove("quarantine");
        Answer.Granted read = (Answer.Granted) AnswerFormat.read(SecretTail.write(json, List.of(secret)));
        assertThat(read.operations()).containsExactly(new Operation("a", List.of(AddressPattern.parse("a.*"))));
        assertThat(read.revocations().quarantine().isEmpty()).isTrue();
    }
}
