// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.crypto.VerifyingKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustBundleTest {
    private static final String FIX = "latchkey init";

    private final byte[] registrationKey = HpkeKeyPair.generate().publicKey();
    private final VerifyingKey one = SigningKey.generate().verifyingKey();
    private final VerifyingKey two = SigningKey.generate().verifyingKey();
    private final TrustBundle bundle = new TrustBundle("test.example", registrationKey, List.of(one, two));

    @TempDir
    private Path directory = Path.of("");

    @Test
    void fromJson_ownJson_isEqual() {
        TrustBundle read = TrustBundle.fromJson(bundle.toJson());
        assertThat(read).isEqualTo(bundle).hasSameHashCodeAs(bundle);
        assertThat(read.trustDomain()).isEqualTo("test.example");
        assertThat(read.registrationKey()).isEqualTo(registrationKey);
        assertThat(read.tokenKeys()).containsExactly(one, two);
    }

    @Test
    void load_ownJson_isEqual() throws IOException {
        assertThat(TrustBundle.load(file(bundle.toJson().encodePrettily()))).isEqualTo(bundle);
    }

    @Test
    void fromJson_unknownMember_isIgnored() {
        assertThat(TrustBundle.fromJson(bundle.toJson().put("comment", "x"))).isEqualTo(bundle);
    }

    @Test
    void equals_anyPartDiffers_isFalse() {
        byte[] otherKey = HpkeKeyPair.generate().publicKey();
        assertThat(bundle)
                .isNotEqualTo(new TrustBundle("other", registrationKey, List.of(one, two)))
                .isNotEqualTo(new TrustBundle("test.example", otherKey, List.of(one, two)))
                .isNotEqualTo(new TrustBundle("test.example", registrationKey, List.of(one)))
                .isNotEqualTo(new TrustBundle("test.example", registrationKey, List.of(two, one)))
                .isNotEqualTo("test.example");
    }

    @Test
    void construct_argumentsChangedLater_keepsItsOwn() {
        byte[] key = registrationKey.clone();
        List<VerifyingKey> keys = new ArrayList<>(List.of(one, two));
        TrustBundle copied = new TrustBundle("test.example", key, keys);
        key[0] ^= 1;
        keys.clear();
        copied.registrationKey()[0] ^= 1;
        assertThat(copied).isEqualTo(bundle);
    }

    @Test
    void construct_anythingMissing_isRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrustBundle("", registrationKey, List.of(one)))
                .withMessageContaining("trustDomain");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrustBundle("d", new byte[31], List.of(one)))
                .withMessageContaining("registrationKey");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrustBundle("d", registrationKey, List.of()))
                .withMessageContaining("keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"trustDomain", "registrationKey", "keys"})
    void fromJson_memberMissing_isRefusedByName(String member) {
        JsonObject json = bundle.toJson();
        json.remove(member);
        assertRefused(json, member);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trustDomain", "registrationKey", "keys"})
    void fromJson_memberNullOrOfWrongType_isRefusedByName(String member) {
        assertRefused(bundle.toJson().putNull(member), member);
        assertRefused(bundle.toJson().put(member, 7), member);
        assertRefused(bundle.toJson().put(member, new JsonObject()), member);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "!!!!"})
    void fromJson_registrationKeyNoKey_isRefusedByName(String key) {
        assertRefused(bundle.toJson().put("registrationKey", key), "registrationKey");
    }

    @Test
    void fromJson_keysHoldNoKey_isRefusedByName() {
        assertRefused(bundle.toJson().put("keys", new JsonArray()), "keys");
        assertRefused(bundle.toJson().put("keys", new JsonArray().addNull()), "keys");
        assertRefused(bundle.toJson().put("keys", new JsonArray().add("key")), "keys");
        assertRefused(bundle.toJson().put("keys", new JsonArray().add(new JsonObject())), "kty");
    }

    @Test
    void fromJson_keyWithAnothersId_isRefusedByName() {
        JsonObject json = bundle.toJson();
        json.getJsonArray("keys").getJsonObject(0).put("kid", "0000000000000000");
        assertRefused(json, "kid");
    }

    @Test
    void load_noFile_namesFileAndFix() {
        assertNotLoaded(directory.resolve("missing.json"), "missing.json", FIX);
    }

    @Test
    void load_directory_namesFileAndFix() {
        assertNotLoaded(directory, directory.toString(), FIX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "text"})
    void load_noJsonObject_namesFileAndFix(String text) throws IOException {
        assertNotLoaded(file(text), "bundle.json", "not JSON", "copy it again");
    }

    @Test
    void load_notUtf8_namesFileAndFix() throws IOException {
        Path file = directory.resolve("bundle.json");
        Files.write(file, new byte[] {'{', (byte) 0xff, '}'});
        assertNotLoaded(file, "bundle.json", "copy it");
    }

    @Test
    void load_memberMissing_namesFileMemberAndFix() throws IOException {
        JsonObject json = bundle.toJson();
        json.remove("trustDomain");
        assertNotLoaded(file(json.encode()), "bundle.json", "trustDomain", FIX);
    }

    @Test
    void toString_anyBundle_isShort() {
        assertThat(bundle).hasToString("TrustBundle[test.example, 2 keys]");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("bundle.json"), text);
    }

    private static void assertRefused(JsonObject json, String member) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> TrustBundle.fromJson(json))
                .withMessageContaining(member);
    }

    private static void assertNotLoaded(Path file, String... parts) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> TrustBundle.load(file))
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(parts));
    }
}
