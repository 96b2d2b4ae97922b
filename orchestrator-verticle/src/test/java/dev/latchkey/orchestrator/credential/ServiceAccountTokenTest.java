// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import static dev.latchkey.orchestrator.credential.ClusterIssuer.AUDIENCE;
import static dev.latchkey.orchestrator.credential.ClusterIssuer.ISSUER;
import static dev.latchkey.orchestrator.credential.ClusterIssuer.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which service-account tokens are taken. */
class ServiceAccountTokenTest {
    private static final ClusterIssuer RSA = ClusterIssuer.rsa("rsa-1", 2048);
    private static final ClusterIssuer EC = ClusterIssuer.ec("ec-1");
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(NOW + 60), ZoneOffset.UTC);

    private final ServiceAccountToken verifier = verifier(CLOCK);

    static ServiceAccountToken verifier(Clock clock) {
        KubernetesOptions options = new KubernetesOptions(
                ISSUER,
                AUDIENCE,
                null,
                Map.of("shop/web", "web"),
                null,
                null,
                Duration.ofMinutes(5),
                Duration.ofHours(1));
        KeyCache keys = new KeyCache(ServiceAccountTokenTest::keys, options.cacheFor(), options.outage(), clock);
        return new ServiceAccountToken(options, keys, clock);
    }

    private static Future<KeySet> keys() {
        try {
            return Future.succeededFuture(KeySet.read(ClusterIssuer.keySet(RSA, EC)));
        } catch (CredentialException e) {
            return Future.failedFuture(e);
        }
    }

    private void assertRefused(String token, String rule) {
        Future<Identity> identity = verifier.verify(token);
        assertThat(identity.cause()).isInstanceOf(CredentialException.class).hasMessageContaining(rule);
    }

    private void assertClaimsRefused(JsonObject claims, String rule) {
        assertRefused(EC.token(EC.header(), claims), rule);
    }

    private static JsonObject bound(JsonObject claims) {
        return claims.getJsonObject("kubernetes.io");
    }

    @Test
    void verify_ofEitherAlgorithm_isTheService() {
        assertThat(verifier.verify(RSA.token()).result().service()).isEqualTo("web");
        assertThat(verifier.verify(EC.token()).result().service()).isEqualTo("web");
    }

    @Test
    void verify_again_hasTheSameIdAndAnotherTokenAnother() {
        String token = EC.token();
        Identity identity = verifier.verify(token).result();
        assertThat(verifier.verify(token).result()).isEqualTo(identity);
        String other = EC.token(EC.header(), ClusterIssuer.claims().put("jti", "2"));
        assertThat(verifier.verify(other).result().credentialId()).isNotEqualTo(identity.credentialId());
        assertThat(identity.singleUseUntil()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "HS256", "RS256", "ES384", "EdDSA", ""})
    void verify_algThatIsNotTheKeys_isRefused(String alg) {
        assertRefused(EC.token(EC.header().put("alg", alg), ClusterIssuer.claims()), "alg");
    }

    @Test
    void verify_unsigned_isRefused() {
        String input = ClusterIssuer.input(
                RSA.header().put("alg", "none").encode(),
                ClusterIssuer.claims().encode().getBytes(StandardCharsets.UTF_8));
        assertRefused(input + ".", "alg");
    }

    /** The public key is known to all; a verifier that lets the header choose would take it for a shared secret. */
    @Test
    void verify_macUnderThePublicKey_isRefused() throws GeneralSecurityException {
        String input = ClusterIssuer.input(
                RSA.header().put("alg", "HS256").encode(),
                ClusterIssuer.claims().encode().getBytes(StandardCharsets.UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(RSA.publicBytes(), "HmacSHA256"));
        byte[] tag = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
        assertRefused(input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(tag), "alg");
    }

    @Test
    void verify_signedByAStrangerUnderAKnownId_isRefused() {
        assertRefused(ClusterIssuer.ec("ec-1").token(), "signature");
        assertRefused(ClusterIssuer.rsa("rsa-1", 2048).token(), "signature");
    }

    @Test
    void verify_signatureOfZerosOrNothing_isRefused() {
        String input = EC.token().substring(0, EC.token().lastIndexOf('.') + 1);
        for (int length : new int[] {0, 1, 63, 64, 65, 256}) {
            assertRefused(
                    input + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[length]), "signature");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-2", "../rsa-1", "RSA-1", "rsa-1 "})
    void verify_unknownKeyId_isRefused(String id) {
        assertRefused(RSA.token(RSA.header().put("kid", id), ClusterIssuer.claims()), "kid");
    }

    @Test
    void verify_keyIdThatIsNoText_isRefused() {
        assertRefused(RSA.token(RSA.header().putNull("kid"), ClusterIssuer.claims()), "kid");
        assertRefused(RSA.token(RSA.header().put("kid", 1), ClusterIssuer.claims()), "kid");
        assertRefused(RSA.token(RSA.header().put("kid", new JsonArray().add("rsa-1")), ClusterIssuer.claims()), "kid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jku", "jwk", "x5u", "x5c", "crit", "b64", "zip", "enc"})
    void verify_headerThatBringsKeysOrRules_isRefused(String member) {
        assertRefused(EC.token(EC.header().put(member, "https://evil.example"), ClusterIssuer.claims()), member);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latchkey-credential+jwt", "latchkey-join+jwt", "latchkey-st+jwt", "at+jwt", ""})
    void verify_anotherType_isRefused(String type) {
        assertRefused(EC.token(EC.header().put("typ", type), ClusterIssuer.claims()), "typ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://cluster.example/", "https://other.example", ""})
    void verify_anotherIssuer_isRefused(String issuer) {
        assertClaimsRefused(ClusterIssuer.claims().put("iss", issuer), "iss");
    }

    @Test
    void verify_anotherAudienceOrOneMore_isRefused() {
        assertClaimsRefused(ClusterIssuer.claims().put("aud", "https://kubernetes.default.svc"), "aud");
        assertClaimsRefused(ClusterIssuer.claims().put("aud", new JsonArray()), "aud");
        assertClaimsRefused(
                ClusterIssuer.claims().put("aud", new JsonArray().add(AUDIENCE).add("vault")), "aud");
        assertClaimsRefused(ClusterIssuer.claims().putNull("aud"), "aud");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "nbf", "iat"})
    void verify_withoutATime_isRefused(String name) {
        JsonObject without = ClusterIssuer.claims();
        without.remove(name);
        assertClaimsRefused(without, name);
        assertClaimsRefused(ClusterIssuer.claims().put(name, "1800000000"), name);
        assertClaimsRefused(ClusterIssuer.claims().put(name, Long.MAX_VALUE), name);
    }

    @Test
    void verify_tooEarlyTooLateOrForTooLong_isRefused() {
        assertClaimsRefused(ClusterIssuer.claims().put("nbf", NOW + 66), "not valid yet");
        assertClaimsRefused(ClusterIssuer.claims().put("exp", NOW + 55), "expired");
        assertClaimsRefused(ClusterIssuer.claims().put("exp", NOW + 86_401), "longer");
    }

    @Test
    void verify_subjectThatIsNotTheAccount_isRefused() {
        assertClaimsRefused(ClusterIssuer.claims().put("sub", "system:serviceaccount:shop:admin"), "sub");
        assertClaimsRefused(ClusterIssuer.claims().put("sub", "web"), "sub");
        JsonObject moved = ClusterIssuer.claims();
        bound(moved).put("namespace", "evil");
        assertClaimsRefused(moved, "sub");
    }

    @Test
    void verify_accountThatIsNoService_isRefused() {
        JsonObject other = ClusterIssuer.claims().put("sub", "system:serviceaccount:shop:admin");
        bound(other).getJsonObject("serviceaccount").put("name", "admin");
        assertClaimsRefused(other, "no service");
    }

    /** Such as the tokens in secrets, which never end and belong to no pod. */
    @ParameterizedTest
    @ValueSource(strings = {"pod", "serviceaccount", "namespace"})
    void verify_notBound_isRefused(String member) {
        JsonObject unbound = ClusterIssuer.claims();
        bound(unbound).remove(member);
        assertClaimsRefused(unbound, member);
    }

    @Test
    void verify_boundToAPodWithoutId_isRefused() {
        JsonObject claims = ClusterIssuer.claims();
        bound(claims).getJsonObject("pod").remove("uid");
        assertClaimsRefused(claims, "uid");
        assertClaimsRefused(ClusterIssuer.claims().put("kubernetes.io", "shop"), "kubernetes.io");
    }

    @Test
    void verify_memberTwice_isRefused() {
        String claims = ClusterIssuer.claims().encode();
        byte[] twice = ("{\"sub\":\"system:serviceaccount:shop:admin\"," + claims.substring(1))
                .getBytes(StandardCharsets.UTF_8);
        assertRefused(EC.token(EC.header().encode(), twice), "written once");
        String header = "{\"alg\":\"none\"," + EC.header().encode().substring(1);
        assertRefused(EC.token(header, claims.getBytes(StandardCharsets.UTF_8)), "written once");
    }

    @Test
    void verify_tooLong_isRefused() {
        assertRefused(EC.token(EC.header(), ClusterIssuer.claims().put("pad", "x".repeat(8192))), "longer");
    }

    @Test
    void verify_textThatIsNoJwt_isRefused() {
        assertRefused("", "segments");
        assertRefused("a.b", "segments");
        assertRefused("a.b.c.d", "segments");
        assertRefused(EC.token() + "=", "base64url");
    }
}
