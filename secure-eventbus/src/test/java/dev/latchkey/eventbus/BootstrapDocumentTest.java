// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.token.JwtSigner;
import dev.latchkey.eventbus.token.JwtType;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Only the whole of what the pinned key signed, in its time, is believed. */
class BootstrapDocumentTest {
    private static final long NOW = 1_800_000_000_000L;
    private final SigningKey key = SigningKey.generate();
    private final SigningKey other = SigningKey.generate();
    private final String pin = BootstrapDocument.fingerprint(key.verifyingKey());

    private JsonObject claims(SigningKey... trusted) {
        TrustBundle bundle = new TrustBundle(
                "test.example",
                HpkeKeyPair.generate().publicKey(),
                List.of(trusted).stream().map(SigningKey::verifyingKey).toList());
        return new JsonObject()
                .put("nbf", NOW / 1000)
                .put("exp", NOW / 1000 + 600)
                .put("trustBundle", bundle.toJson())
                .put("cluster", new JsonObject().put("clusterName", "latchkey"))
                .put("policy", new JsonObject());
    }

    private static String sign(SigningKey key, JsonObject claims) {
        return new JwtSigner(key, JwtType.BOOTSTRAP).sign(claims);
    }

    private void assertRefused(String document, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BootstrapDocument.verify(document, List.of(pin), NOW))
                .withMessageContaining(problem);
    }

    @Test
    void verify_signedByThePinnedKey_isRead() {
        BootstrapDocument document = BootstrapDocument.verify(sign(key, claims(key, other)), List.of(pin), NOW);
        assertThat(document.trustBundle().tokenKeys()).hasSize(2);
        assertThat(document.cluster().getString("clusterName")).isEqualTo("latchkey");
        assertThat(document.fingerprint()).isEqualTo(pin);
        assertThat(document.expires()).isEqualTo(NOW + 600_000);
    }

    @Test
    void verify_signedByAnotherKey_namesWhatWasPresentedAndWhatIsPinned() {
        assertRefused(
                sign(other, claims(other)),
                "presented the key " + BootstrapDocument.fingerprint(other.verifyingKey()) + ", pinned is " + pin);
    }

    /** An impostor may list the pinned key among his own, and sign with his. */
    @Test
    void verify_pinnedKeyInTheBundleOnly_isRefused() {
        assertRefused(sign(other, claims(key, other)), "presented the key");
    }

    /** He may also name it as the one that signed. */
    @Test
    void verify_headerOfThePinnedKeyOverAnothersSignature_isRefused() {
        String[] honest = sign(key, claims(key)).split("\\.");
        String[] forged = sign(other, claims(key)).split("\\.");
        assertRefused(
                honest[0] + "." + forged[1] + "." + forged[2], "names the key " + pin + ", which did not sign it");
    }

    @Test
    void verify_changedClaims_areRefused() {
        String[] honest = sign(key, claims(key)).split("\\.");
        String[] changed =
                sign(key, claims(key).put("cluster", new JsonObject())).split("\\.");
        assertRefused(honest[0] + "." + changed[1] + "." + honest[2], "did not sign it");
    }

    @Test
    void verify_otherKindOfJwt_isRefused() {
        assertRefused(new JwtSigner(key, JwtType.CREDENTIAL).sign(claims(key)), "its typ is another");
    }

    @Test
    void verify_old_isRefused() {
        assertRefused(sign(key, claims(key).put("exp", NOW / 1000 - 61)), "it is old");
        assertRefused(sign(key, claims(key).put("nbf", NOW / 1000 + 61)), "it is old");
    }

    @Test
    void verify_withoutAMember_isRefused() {
        for (String member : List.of("trustBundle", "cluster", "policy", "nbf", "exp")) {
            JsonObject claims = claims(key);
            claims.remove(member);
            assertRefused(sign(key, claims), member);
        }
    }

    @Test
    void verify_noJwt_isRefused() {
        assertRefused("<html>", "presented no bootstrap document");
    }

    @Test
    void verify_onePinOfTwo_isEnough() {
        List<String> pins = List.of(BootstrapDocument.fingerprint(other.verifyingKey()), pin);
        assertThat(BootstrapDocument.verify(sign(key, claims(key)), pins, NOW).fingerprint())
                .isEqualTo(pin);
    }
}
