// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.vectors;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.crypto.FixedSender;
import dev.latchkey.eventbus.crypto.HpkeSender;
import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Modes;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.policy.ReplayScope;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.DirectoryKey;
import dev.latchkey.eventbus.registration.Notice;
import dev.latchkey.eventbus.registration.ProviderKey;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.eventbus.registration.Revocations;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A registration with a given ephemeral key, and two answers with given salts. */
final class RegistrationVectors {
    private static final byte[] EPHEMERAL_KEY = Bytes.counting(0x80, 32);
    private static final byte[] SALT_OF_GRANT = Bytes.counting(0xe0, 32);
    private static final byte[] SALT_OF_DENIAL = Bytes.counting(0xd0, 32);
    private static final byte[] NEXT_KEY = Bytes.counting(0x30, 32);
    private static final String INFO = "latchkey/1 registration " + TokenVectors.DOMAIN;
    private static final String EXPORT_CONTEXT = "latchkey/1 registration answer";
    private static final byte[] AAD = {1};
    private static final long NOW = 1_800_000_000_000L;
    private static final String INSTANCE = "0123456789abcdef";

    private final byte[] publicKey = TokenVectors.trustBundle().registrationKey();
    private final HpkeSender sender = FixedSender.to(publicKey, Bytes.text(INFO), Bytes.secret(EPHEMERAL_KEY));
    private final byte[] secret = sender.export(Bytes.text(EXPORT_CONTEXT), 32).copy();

    /** One that is written in one way only: sets have no order. */
    static Registration registration() {
        return new Registration(
                RegistrationKind.REGISTER,
                NOW,
                "web",
                "credential",
                "",
                Set.of("resize_image"),
                Set.of(KeyVectors.OPERATION),
                List.of(new Observation("audit.log", Flow.SENT, "web", 7)),
                Bytes.secret(KeyVectors.SEED));
    }

    static Answer.Granted granted() {
        return new Answer.Granted(
                NOW + 50,
                INSTANCE,
                NOW + 300_050,
                72_500,
                List.of(operation()),
                Mode.OFF,
                List.of(TokenVectors.compact()),
                List.of(
                        new ProviderKey("resize_image", 3, Bytes.secret(TokenVectors.PROVIDER_KEY)),
                        new ProviderKey("resize_image", 4, Bytes.secret(NEXT_KEY))),
                revocations(),
                List.of(new DirectoryKey(
                        KeyVectors.OPERATION, DirectoryVectors.EPOCH, Bytes.secret(DirectoryVectors.KEY))));
    }

    static Revocations revocations() {
        return new Revocations(
                NOW - 1_000,
                NOW - 9_000,
                Map.of("fedcba9876543210", NOW + 70_000),
                Map.of("old-web", NOW + 600_000),
                Map.of("resize_image", 3L));
    }

    private static Operation operation() {
        AddressPattern address = AddressPattern.parse("image.process");
        AddressPattern batch = AddressPattern.parse("image.batch.*");
        return new Operation(
                KeyVectors.OPERATION,
                List.of(address, batch),
                new Modes(Mode.STRICT, Map.of(batch, Mode.PERMISSIVE)),
                ReplayScope.SENDER);
    }

    static Answer.Denied denied() {
        return new Answer.Denied(NOW + 50, DenialReason.NOT_ALLOWED, "the service declares too much");
    }

    private static JsonObject question() {
        return new JsonObject()
                .put("kind", "REGISTER")
                .put("sentAt", NOW)
                .put("service", "web")
                .put("credential", "credential")
                .put("instance", "")
                .put("provides", new JsonArray().add("resize_image"))
                .put("invokes", new JsonArray().add(KeyVectors.OPERATION))
                .put("observed", new JsonArray().add(new JsonArray(List.of("audit.log", "SENT", "web", 7))));
    }

    private static JsonObject grant() {
        return new JsonObject()
                .put("time", NOW + 50)
                .put("instance", INSTANCE)
                .put("leaseExpiresAt", NOW + 300_050)
                .put("renewAfter", 72_500)
                .put("operations", new JsonArray().add(operationJson()))
                .put("unlisted", "off")
                .put("tokens", new JsonArray().add(TokenVectors.compact()))
                .put("keys", new JsonArray().add(key(3)).add(key(4)))
                .put("revoked", revoked())
                .put(
                        "directories",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("operation", KeyVectors.OPERATION)
                                        .put("epoch", DirectoryVectors.EPOCH)));
    }

    static JsonObject revoked() {
        return new JsonObject()
                .put("number", NOW - 1_000)
                .put("previous", NOW - 9_000)
                .put("instances", new JsonObject().put("fedcba9876543210", NOW + 70_000))
                .put("services", new JsonObject().put("old-web", NOW + 600_000))
                .put("floors", new JsonObject().put("resize_image", 3));
    }

    private static JsonObject operationJson() {
        return new JsonObject()
                .put("name", KeyVectors.OPERATION)
                .put("addresses", new JsonArray().add("image.process").add("image.batch.*"))
                .put("mode", "strict")
                .put("modes", new JsonObject().put("image.batch.*", "permissive"))
                .put("replay", "sender");
    }

    private static JsonObject key(int epoch) {
        return new JsonObject().put("operation", "resize_image").put("epoch", epoch);
    }

    private static JsonObject denial() {
        return new JsonObject()
                .put("time", NOW + 50)
                .put("denied", "NOT_ALLOWED")
                .put("detail", "the service declares too much");
    }

    static JsonObject make() {
        return new RegistrationVectors().vectors();
    }

    private JsonObject vectors() {
        byte[] plain = Bytes.secretTail(question(), KeyVectors.SEED);
        byte[] granted = Bytes.secretTail(grant(), TokenVectors.PROVIDER_KEY, NEXT_KEY, DirectoryVectors.KEY);
        return new JsonObject()
                .put("trustDomain", TokenVectors.DOMAIN)
                .put("registrationPrivateKey", Bytes.hex(TokenVectors.REGISTRATION_KEY))
                .put("registrationPublicKey", Bytes.hex(publicKey))
                .put("ephemeralPrivateKey", Bytes.hex(EPHEMERAL_KEY))
                .put("info", INFO)
                .put("exportContext", EXPORT_CONTEXT)
                .put("questionJson", question())
                .put("questionPlain", Bytes.hex(plain))
                .put("question", Bytes.hex(sealed(plain)))
                .put(
                        "notice",
                        Bytes.hex(Notice.sign(revocations(), TokenVectors.signingKey(), TokenVectors.DOMAIN)
                                .getBytes()))
                .put("answerSecret", Bytes.hex(secret))
                .put("answerAad", Bytes.hex(sender.encapsulatedKey()))
                .put("grantedJson", grant())
                .put("grantedPlain", Bytes.hex(granted))
                .put("granted", Bytes.hex(answer(SALT_OF_GRANT, granted)))
                .put("deniedPlain", Bytes.hex(Bytes.secretTail(denial())))
                .put("denied", Bytes.hex(answer(SALT_OF_DENIAL, Bytes.secretTail(denial()))));
    }

    private byte[] sealed(byte[] plain) {
        return Buffer.buffer()
                .appendByte((byte) 1)
                .appendBytes(sender.encapsulatedKey())
                .appendBytes(sender.seal(AAD, plain))
                .getBytes();
    }

    private byte[] answer(byte[] salt, byte[] plain) {
        return Bytes.box(secret, "registration answer", salt, sender.encapsulatedKey(), plain);
    }
}
