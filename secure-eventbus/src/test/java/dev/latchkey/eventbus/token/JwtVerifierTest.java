// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.eventbus.crypto.Hkdf;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.crypto.VerifyingKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The attacks of RFC 8725, and those of a signer that writes strange claims. */
class JwtVerifierTest {
    private static final String ISSUER = "issuer.example";
    private static final String AUDIENCE = "audience.example";
    private static final int MAX_LENGTH = 8192;
    private static final long LAST_SECOND = 253_402_300_799L;

    private final SigningKey key = SigningKey.generate();
    private final JwtVerifier verifier = verifier(JwtType.SERVICE_TOKEN);

    @Test
    void verify_wellSigned_returnsItsClaims() throws JwtException {
        JsonObject claims = claims().put("op", "process_image");
        String jwt = new JwtSigner(key, JwtType.SERVICE_TOKEN).sign(claims);
        assertThat(verifier.verify(jwt)).isEqualTo(claims);
    }

    @Test
    void verify_headerMadeByHand_isAccepted() throws JwtException {
        assertThat(verifier.verify(signed(header(), claims()))).isEqualTo(claims());
    }

    @Test
    void verify_expiredLongAgo_isTheCallersToJudge() throws JwtException {
        JsonObject claims = claims().put("nbf", 1).put("exp", 2);
        assertThat(verifier.verify(signed(header(), claims))).isEqualTo(claims);
    }

    @Test
    void verify_notYetValid_isTheCallersToJudge() throws JwtException {
        JsonObject claims = claims().put("nbf", 9_000_000_000L).put("exp", 9_000_000_001L);
        assertThat(verifier.verify(signed(header(), claims))).isEqualTo(claims);
    }

    @Test
    void verify_algNone_isRefused() {
        String unsigned = Jwts.encode(header().put("alg", "none").encode()) + "." + Jwts.encode(claims().encode());
        assertRefused(unsigned, "three segments");
        assertRefused(unsigned + ".", "alg");
        assertRefused(unsigned + "." + Jwts.encode(key.sign(Jwts.ascii(unsigned))), "alg");
    }

    @Test
    void verify_algHs256KeyedByThePublicKey_isRefused() {
        byte[] publicKey = key.verifyingKey().encoded();
        String input = Jwts.encode(header().put("alg", "HS256").encode()) + "." + Jwts.encode(claims().encode());
        // HKDF-Extract is HMAC-SHA256 under the salt.
        assertRefused(input + "." + Jwts.encode(Hkdf.extract(publicKey, Jwts.ascii(input))), "alg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eddsa", "Ed25519", "ES256", "RS256", ""})
    void verify_otherAlgorithm_isRefused(String algorithm) {
        assertRefused(signed(header().put("alg", algorithm), claims()), "alg");
    }

    @Test
    void verify_algMissing_isRefused() {
        JsonObject header = header();
        header.remove("alg");
        assertRefused(signed(header, claims()), "alg");
    }

    @Test
    void verify_credentialAsServiceToken_isRefused() {
        assertRefused(new JwtSigner(key, JwtType.CREDENTIAL).sign(claims()), "typ");
    }

    @Test
    void verify_serviceTokenAsCredential_isRefused() {
        String token = new JwtSigner(key, JwtType.SERVICE_TOKEN).sign(claims());
        assertRefused(verifier(JwtType.CREDENTIAL), token, "typ");
    }

    @Test
    void verify_credentialAsCredential_isAccepted() throws JwtException {
        String credential = new JwtSigner(key, JwtType.CREDENTIAL).sign(claims());
        assertThat(verifier(JwtType.CREDENTIAL).verify(credential)).isEqualTo(claims());
    }

    @Test
    void verify_usualOrNoTyp_isRefused() {
        JsonObject header = header();
        assertRefused(signed(header.put("typ", "JWT"), claims()), "typ");
        header.remove("typ");
        assertRefused(signed(header, claims()), "typ");
    }

    @Test
    void verify_unknownKid_isRefused() {
        SigningKey stranger = SigningKey.generate();
        assertRefused(new JwtSigner(stranger, JwtType.SERVICE_TOKEN).sign(claims()), "kid");
    }

    @Test
    void verify_kidMissingOrNoText_isRefused() {
        JsonObject header = header();
        assertRefused(signed(header.put("kid", 7), claims()), "kid");
        header.remove("kid");
        assertRefused(signed(header, claims()), "kid");
    }

    @Test
    void verify_crit_isRefused() {
        JsonObject header = header().put("crit", new JsonArray().add("exp"));
        assertRefused(signed(header, claims()), "crit");
    }

    @Test
    void verify_keyEmbeddedInTheHeader_isNotBelieved() {
        SigningKey attacker = SigningKey.generate();
        JsonObject header = header().put("jwk", PublicJwk.of(attacker.verifyingKey()));
        assertRefused(Jwts.signed(attacker, header, claims()), "signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "nbf"})
    void verify_timeMissing_isRefused(String claim) {
        JsonObject claims = claims();
        claims.remove(claim);
        assertRefused(signed(header(), claims), claim);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "nbf"})
    void verify_timeIsNull_isRefused(String claim) {
        assertRefused(signed(header(), claims().putNull(claim)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "nbf", "iss", "aud"})
    void verify_claimOfStrangeType_isRefused(String claim) {
        assertRefused(signed(header(), claims().put(claim, new JsonObject().put("a", 1))));
        assertRefused(signed(header(), claims().put(claim, "soon")));
        assertRefused(signed(header(), claims().put(claim, true)));
    }

    @Test
    void verify_otherOrNoIssuer_isRefused() {
        JsonObject claims = claims().put("iss", "evil.example");
        assertRefused(signed(header(), claims), "issuer");
        claims.remove("iss");
        assertRefused(signed(header(), claims), "issuer");
    }

    @Test
    void verify_otherOrNoAudience_isRefused() {
        JsonObject claims = claims().put("aud", "evil.example");
        assertRefused(signed(header(), claims), "audience");
        claims.remove("aud");
        assertRefused(signed(header(), claims), "audience");
    }

    @Test
    void verify_audienceArrayThatContainsIt_isAccepted() throws JwtException {
        JsonObject claims = claims().put("aud", new JsonArray().add("other").add(AUDIENCE));
        assertThat(verifier.verify(signed(header(), claims))).isEqualTo(claims);
    }

    @Test
    void verify_audienceArrayWithoutIt_isRefused() {
        assertRefused(signed(header(), claims().put("aud", new JsonArray())), "audience");
        assertRefused(signed(header(), claims().put("aud", new JsonArray().add("other"))), "audience");
    }

    @Test
    void verify_overLong_isRefused() {
        String tooLong = signed(header(), claims().put("pad", "x".repeat(MAX_LENGTH)));
        assertRefused(tooLong, "longer");
    }

    @Test
    void verify_nearlyTooLong_isAccepted() throws JwtException {
        JsonObject claims = claims().put("pad", "x".repeat(5800));
        String jwt = signed(header(), claims);
        assertThat(jwt.length()).isBetween(MAX_LENGTH - 200, MAX_LENGTH);
        assertThat(verifier.verify(jwt)).isEqualTo(claims);
    }

    @Test
    void verify_exactlyAsLongAsMayBe_isJudgedByItsSegmentsAlone() {
        assertRefused("x".repeat(MAX_LENGTH), "three segments");
        assertRefused("x".repeat(MAX_LENGTH + 1), "longer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "nbf"})
    void verify_timeAtTheEndOfTheYear9999_isAcceptedAndBeyondIsRefused(String claim) throws JwtException {
        JsonObject last = claims().put(claim, LAST_SECOND);
        assertThat(verifier.verify(signed(header(), last))).isEqualTo(last);
        assertRefused(signed(header(), claims().put(claim, LAST_SECOND + 1)), "out of range");
        assertRefused(signed(header(), claims().put(claim, -LAST_SECOND - 1)), "out of range");
        assertRefused(signed(header(), claims().put(claim, Long.MAX_VALUE)), "out of range");
    }

    @Test
    void verify_anyOtherNumberOfSegments_isRefused() {
        String jwt = signed(header(), claims());
        String two = jwt.substring(0, jwt.lastIndexOf('.'));
        for (String wrong : List.of("", "x", two, jwt + ".", jwt + ".AAAA", "." + jwt, "...")) {
            assertRefused(wrong, "three segments");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "1", "\"text\"", "{", "{}}", "not json", ""})
    void verify_headerNoJsonObject_isRefused(String header) {
        assertRefused(Jwts.signed(key, header, claims().encode()));
    }

    @Test
    void verify_headerNotBase64_isRefused() {
        String jwt = signed(header(), claims());
        assertRefused("!" + jwt.substring(1), "header");
        assertRefused("\u00e9" + jwt.substring(1), "header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "1", "\"text\"", "{", "not json", ""})
    void verify_payloadNoJsonObject_isRefused(String payload) {
        assertRefused(Jwts.signed(key, header().encode(), payload));
    }

    @Test
    void verify_headerNestedDeeply_isRefused() {
        assertRefused(Jwts.signed(key, "{\"a\":" + "[".repeat(5000), claims().encode()));
    }

    @Test
    void verify_anyCharacterChanged_isRefused() {
        String jwt = signed(header(), claims());
        for (int i = 0; i < jwt.length(); i++) {
            assertRefused(Jwts.changedAt(jwt, i));
        }
    }

    @Test
    void verify_payloadOfAnotherToken_isRefused() {
        String mine = signed(header(), claims());
        String other = signed(header(), claims().put("sub", "admin"));
        String mixed = Jwts.segment(mine, 0) + "." + Jwts.segment(other, 1) + "." + Jwts.segment(mine, 2);
        assertRefused(mixed, "signature");
    }

    @Test
    void verify_signatureEmptyShortOrLong_isRefused() {
        String jwt = signed(header(), claims());
        String input = jwt.substring(0, jwt.lastIndexOf('.') + 1);
        for (int length : new int[] {0, 1, 63, 65, 128}) {
            assertRefused(input + Jwts.encode(new byte[length]), "signature");
        }
        assertRefused(input + "!!!", "signature");
    }

    @Test
    void verify_signedByAnotherKeyUnderTheRightKid_isRefused() {
        assertRefused(Jwts.signed(SigningKey.generate(), header(), claims()), "signature");
    }

    @Test
    void verify_twoTrustedKeys_acceptsEachUnderItsOwnKidOnly() throws JwtException {
        SigningKey second = SigningKey.generate();
        JwtVerifier both = verifier(JwtType.SERVICE_TOKEN, key.verifyingKey(), second.verifyingKey());
        assertThat(both.verify(new JwtSigner(key, JwtType.SERVICE_TOKEN).sign(claims())))
                .isEqualTo(claims());
        assertThat(both.verify(new JwtSigner(second, JwtType.SERVICE_TOKEN).sign(claims())))
                .isEqualTo(claims());
        assertRefused(both, Jwts.signed(second, header(), claims()), "signature");
    }

    @Test
    void verify_garbage_throwsNothingElse() {
        Random random = new Random(7);
        String header = Jwts.encode(header().encode());
        for (int i = 0; i < 500; i++) {
            assertRefused(garbage(random) + "." + garbage(random) + "." + garbage(random));
            assertRefused(header + "." + garbage(random) + "." + garbage(random));
        }
    }

    @Test
    void verify_refused_messageDoesNotRepeatTheToken() {
        String jwt = Jwts.changedAt(signed(header(), claims().put("sub", "somebody")), 200);
        assertThatExceptionOfType(JwtException.class)
                .isThrownBy(() -> verifier.verify(jwt))
                .withMessageNotContaining(jwt.substring(0, 8))
                .withMessageNotContaining("somebody");
    }

    @Test
    void construct_withoutKeys_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> verifier(JwtType.SERVICE_TOKEN, new VerifyingKey[0]));
    }

    private static String garbage(Random random) {
        byte[] bytes = new byte[random.nextInt(80)];
        random.nextBytes(bytes);
        return random.nextBoolean() ? Jwts.encode(bytes) : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private JwtVerifier verifier(JwtType type) {
        return verifier(type, key.verifyingKey());
    }

    private static JwtVerifier verifier(JwtType type, VerifyingKey... keys) {
        return new JwtVerifier(List.of(keys), type, ISSUER, AUDIENCE);
    }

    private JsonObject header() {
        return new JsonObject()
                .put("typ", JwtType.SERVICE_TOKEN.headerValue())
                .put("alg", "EdDSA")
                .put("kid", PublicJwk.keyId(key.verifyingKey()));
    }

    private static JsonObject claims() {
        return new JsonObject()
                .put("iss", ISSUER)
                .put("aud", AUDIENCE)
                .put("nbf", 1_800_000_000)
                .put("exp", 1_800_000_300);
    }

    private String signed(JsonObject header, JsonObject claims) {
        return Jwts.signed(key, header, claims);
    }

    private void assertRefused(String jwt, String rule) {
        assertRefused(verifier, jwt, rule);
    }

    private void assertRefused(String jwt) {
        assertRefused(verifier, jwt, "");
    }

    private static void assertRefused(JwtVerifier by, String jwt, String rule) {
        assertThatExceptionOfType(JwtException.class)
                .isThrownBy(() -> by.verify(jwt))
                .withMessageContaining(rule);
    }
}
