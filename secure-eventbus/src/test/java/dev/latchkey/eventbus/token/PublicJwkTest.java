// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.crypto.VerifyingKey;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicJwkTest {
    // RFC 8037, appendix A.2.
    private static final String RFC_X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    private final VerifyingKey key = SigningKey.generate().verifyingKey();

    @Test
    void read_whatOfWrote_isTheSameKey() {
        assertThat(PublicJwk.read(PublicJwk.of(key))).isEqualTo(key);
    }

    @Test
    void of_rfcKey_hasTheRfcsMembers() {
        VerifyingKey rfc = VerifyingKey.of(Base64.getUrlDecoder().decode(RFC_X));
        assertThat(PublicJwk.of(rfc).getMap())
                .containsEntry("kty", "OKP")
                .containsEntry("crv", "Ed25519")
                .containsEntry("x", RFC_X)
                .containsEntry("use", "sig")
                .containsEntry("alg", "EdDSA");
    }

    @Test
    void of_anyKey_holdsNoPrivatePart() {
        assertThat(PublicJwk.of(key).fieldNames()).containsExactlyInAnyOrder("kty", "crv", "x", "kid", "use", "alg");
    }

    @Test
    void keyId_anyKey_isTheStartOfItsFingerprint() {
        assertThat(PublicJwk.keyId(key)).hasSize(16).isEqualTo(key.fingerprint().substring(0, 16));
        assertThat(HexFormat.of().parseHex(PublicJwk.keyId(key))).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kty", "crv", "kid"})
    void read_memberWrongOrMissing_isRefusedByName(String member) {
        JsonObject jwk = PublicJwk.of(key).put(member, "other");
        assertRefused(jwk, member);
        jwk.remove(member);
        assertRefused(jwk, member);
    }

    @Test
    void read_kidOfAnotherKey_isRefused() {
        String other = PublicJwk.keyId(SigningKey.generate().verifyingKey());
        assertRefused(PublicJwk.of(key).put("kid", other), "kid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "!!!!", "not base64 at all"})
    void read_noKeyInX_isRefusedByName(String x) {
        assertRefused(PublicJwk.of(key).put("x", x), "x");
    }

    @Test
    void read_xMissingNullOrNoText_isRefusedByName() {
        JsonObject jwk = PublicJwk.of(key);
        assertRefused(jwk.put("x", 7), "x");
        assertRefused(jwk.putNull("x"), "x");
        jwk.remove("x");
        assertRefused(jwk, "x");
    }

    @Test
    void read_keyOfLowOrder_isRefused() {
        String identity = Base64.getUrlEncoder().withoutPadding().encodeToString(lowOrder());
        assertRefused(PublicJwk.of(key).put("x", identity), "x");
    }

    private static byte[] lowOrder() {
        byte[] identity = new byte[32];
        identity[0] = 1;
        return identity;
    }

    private static void assertRefused(JsonObject jwk, String member) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublicJwk.read(jwk))
                .withMessageStartingWith(member + " ");
    }
}
