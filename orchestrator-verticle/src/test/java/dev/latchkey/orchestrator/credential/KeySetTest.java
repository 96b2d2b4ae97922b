// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class KeySetTest {
    private static final ClusterIssuer EC = ClusterIssuer.ec("ec-1");
    private static final ClusterIssuer RSA = ClusterIssuer.rsa("rsa-1", 2048);

    private static byte[] set(JsonObject... keys) {
        JsonArray jwks = new JsonArray();
        for (JsonObject key : keys) {
            jwks.add(key);
        }
        return new JsonObject().put("keys", jwks).toBuffer().getBytes();
    }

    private static void assertRefused(byte[] set, String rule) {
        assertThatExceptionOfType(CredentialException.class)
                .isThrownBy(() -> KeySet.read(set))
                .withMessageContaining(rule);
    }

    @Test
    void read_pinsTheAlgorithmToTheKey() throws CredentialException {
        JsonObject withoutAlg = EC.jwk();
        withoutAlg.remove("alg");
        KeySet set = KeySet.read(set(RSA.jwk(), withoutAlg));
        assertThat(set.key("rsa-1")).extracting(SignatureKey::algorithm).isEqualTo("RS256");
        assertThat(set.key("ec-1")).extracting(SignatureKey::algorithm).isEqualTo("ES256");
        assertThat(set.key("ec-2")).isNull();
    }

    @Test
    void read_keysForOtherUses_areLeftOut() throws CredentialException {
        JsonObject encrypts = EC.jwk().put("kid", "enc").put("use", "enc");
        JsonObject signs = EC.jwk().put("kid", "ops").put("key_ops", new JsonArray().add("sign"));
        JsonObject shared = new JsonObject().put("kty", "oct").put("kid", "oct").put("k", "AAAA");
        JsonObject longer = RSA.jwk().put("kid", "rs512").put("alg", "RS512");
        JsonObject p384 = EC.jwk().put("kid", "p384").put("crv", "P-384");
        KeySet set = KeySet.read(set(encrypts, signs, shared, longer, p384, EC.jwk()));
        for (String id : new String[] {"enc", "ops", "oct", "rs512", "p384"}) {
            assertThat(set.key(id)).as(id).isNull();
        }
        assertThat(set.key("ec-1")).isNotNull();
    }

    @Test
    void read_weakOrUnsoundKey_isRefused() {
        assertRefused(set(ClusterIssuer.rsa("weak", 1024).jwk()), "2048");
        assertRefused(set(RSA.jwk().put("e", "AQ")), "exponent");
        assertRefused(set(RSA.jwk().put("n", "!")), "base64url");
        assertRefused(set(RSA.jwk().put("n", "_".repeat(3000))), "too long");
        String one = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[] {1});
        assertRefused(set(EC.jwk().put("x", one).put("y", one)), "no point");
    }

    @Test
    void read_ambiguousOrEmptySet_isRefused() {
        assertRefused(set(EC.jwk(), RSA.jwk().put("kid", "ec-1")), "twice");
        assertRefused(set(EC.jwk().putNull("kid")), "kid");
        assertRefused(set(), "no key");
        assertRefused("{}".getBytes(StandardCharsets.UTF_8), "no array");
        assertRefused("{\"keys\":[],\"keys\":[]}".getBytes(StandardCharsets.UTF_8), "written once");
        JsonObject[] many = new JsonObject[65];
        java.util.Arrays.fill(many, EC.jwk());
        assertRefused(set(many), "more than");
    }
}
