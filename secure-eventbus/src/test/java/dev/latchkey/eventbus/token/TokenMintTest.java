// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.eventbus.crypto.KeySchedule;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.OperationKeys;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens from the mint to the reader, and what a provider finds in them. */
class TokenMintTest {
    private final Issuing issuing = new Issuing();
    private final TokenReader reader = issuing.reader();
    private final ServiceToken token = issuing.mint();

    @Test
    void read_minted_isTheSameToken() throws JwtException {
        ServiceToken read = reader.read(token.compact());
        assertThat(read.grant()).isEqualTo(token.grant());
        assertThat(read.compact()).isEqualTo(token.compact());
        assertThat(read.proof()).usingRecursiveComparison().isEqualTo(token.proof());
    }

    @Test
    void read_mintedWithFailover_keepsItsOrder() throws JwtException {
        ServiceToken minted = issuing.mint(new GrantMaker().failover("b", "a").make());
        ServiceToken read = reader.read(minted.compact());
        assertThat(read.failover()).containsExactly("b", "a");
        assertThat(read.grant()).isEqualTo(minted.grant());
    }

    @Test
    void accessors_anyToken_tellItsGrant() {
        assertThat(token.id()).isEqualTo(token.grant().id());
        assertThat(new String(token.compactBytes(), StandardCharsets.US_ASCII)).isEqualTo(token.compact());
        assertThat(token.validityAt(GrantMaker.EXPIRES * 1000, Duration.ZERO)).isEqualTo(Validity.EXPIRED);
        assertThat(token.validityAt(GrantMaker.TIMESTAMP, Duration.ZERO)).isEqualTo(Validity.VALID);
    }

    @Test
    void read_ofAnotherTrustDomainOrKey_isRefused() {
        SaltedBox box = issuing.box();
        TokenGrant grant = token.grant();
        assertRefused(new TokenMint(issuing.signing, "other")
                .mint(grant, issuing.seed, box)
                .compact());
        assertRefused(new TokenMint(SigningKey.generate(), Issuing.DOMAIN)
                .mint(grant, issuing.seed, box)
                .compact());
    }

    @Test
    void read_credentialWithTheClaimsOfAToken_isRefused() {
        JsonObject claims = Jwts.claims(token.compact());
        assertRefused(new JwtSigner(issuing.signing, JwtType.CREDENTIAL).sign(claims));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "jti", "sub", "op", "adr", "ep", "ts", "nbf", "exp", "tkt", "am", "sm"})
    void read_claimMissingOrNull_isRefused(String claim) {
        assertRefused(issuing.resigned(token, claims -> claims.remove(claim)));
        assertRefused(issuing.resigned(token, claims -> claims.putNull(claim)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jti", "adr", "ep", "ts", "nbf", "exp", "bak", "tkt", "am", "sm"})
    void read_claimOfStrangeType_isRefused(String claim) {
        assertRefused(issuing.resigned(token, claims -> claims.put(claim, new JsonObject().put("a", 1))));
        assertRefused(issuing.resigned(token, claims -> claims.put(claim, "?")));
    }

    @Test
    void read_addressesNotText_isRefused() {
        assertRefused(issuing.resigned(token, claims -> claims.put("adr", new JsonArray().add(1))));
        assertRefused(issuing.resigned(token, claims -> claims.put("adr", new JsonArray().addNull())));
    }

    @Test
    void read_resignedUnchanged_isAccepted() throws JwtException {
        String again = issuing.resigned(token, claims -> {});
        assertThat(reader.read(again).grant()).isEqualTo(token.grant());
    }

    @Test
    void openTicket_byTheProvider_givesTheCallersKeys() throws OpenFailedException {
        try (OperationKeys provider = keys(Tickets.open(token, issuing.box()));
                OperationKeys caller = keys(callSeed())) {
            assertThat(provider.requestKey().sameAs(caller.requestKey())).isTrue();
            assertThat(provider.authenticates(token.proof().authenticationMac()))
                    .isTrue();
            assertThat(caller.authenticates(token.proof().authenticationMac())).isTrue();
            assertThat(provider.authorises(
                            token.grant().canonicalScope(), token.proof().scopeMac()))
                    .isTrue();
        }
    }

    @Test
    void openTicket_neverGivesTheSeed() throws OpenFailedException {
        assertThat(Tickets.open(token, issuing.box()).sameAs(issuing.seed)).isFalse();
    }

    @Test
    void openTicket_ofAnotherToken_isRefused() throws OpenFailedException {
        ServiceToken other = issuing.mint(new GrantMaker().id(new TokenId(1, 2)).make());
        assertThat(Tickets.open(other, issuing.box()).length()).isEqualTo(32);
        assertNotOpened(new ServiceToken(token.grant(), other.proof(), ""), issuing.box());
        assertNotOpened(new ServiceToken(other.grant(), token.proof(), ""), issuing.box());
    }

    @Test
    void openTicket_underAnotherEpochsKey_isRefused() {
        try (SaltedBox other = Tickets.box(SecretBytes.random(32))) {
            assertNotOpened(token, other);
        }
    }

    @Test
    void openTicket_claimingAnotherEpoch_isRefused() {
        TokenGrant grant = new GrantMaker().epoch(4).make();
        assertNotOpened(new ServiceToken(grant, token.proof(), ""), issuing.box());
    }

    @Test
    void openTicket_anyByteChanged_isRefused() {
        byte[] ticket = token.proof().ticket();
        for (int i = 0; i < ticket.length; i++) {
            byte[] changed = ticket.clone();
            changed[i] ^= 1;
            TokenProof proof = new TokenProof(changed, new byte[0], new byte[0]);
            assertNotOpened(new ServiceToken(token.grant(), proof, ""), issuing.box());
        }
    }

    @Test
    void mint_twice_sealsDifferentTickets() {
        assertThat(issuing.mint().proof().ticket()).isNotEqualTo(token.proof().ticket());
    }

    @Test
    void mint_afterwards_leavesSeedAndBoxAlive() throws OpenFailedException {
        try (SaltedBox box = issuing.box()) {
            new TokenMint(issuing.signing, Issuing.DOMAIN).mint(token.grant(), issuing.seed, box);
            assertThat(issuing.seed.isErased()).isFalse();
            assertThat(Tickets.open(token, box).length()).isEqualTo(32);
        }
    }

    @Test
    void compact_anyToken_holdsNoSecret() {
        String claims = Jwts.claims(token.compact()).encode();
        for (SecretBytes secret : List.of(issuing.seed, issuing.providerKey, callSeed())) {
            assertThat(claims).doesNotContain(base64(secret), hex(secret));
        }
    }

    @Test
    void toString_tokenAndProof_showNeitherTicketNorCodes() {
        String shown = token + " " + token.proof();
        assertThat(shown).contains(token.id().toString(), "web", "process_image");
        assertThat(shown).doesNotContain(Jwts.segment(token.compact(), 2));
        assertThat(shown).doesNotContain(Jwts.encode(token.proof().ticket()));
        assertThat(shown).doesNotContain(Jwts.encode(token.proof().scopeMac()));
        assertThat(token.proof()).hasToString("TokenProof[ticket of 80 bytes]");
    }

    private SecretBytes callSeed() {
        return KeySchedule.callSeed(
                issuing.seed, token.grant().operation(), token.grant().timestamp());
    }

    private OperationKeys keys(SecretBytes callSeed) {
        return KeySchedule.derive(
                callSeed, token.grant().operation(), token.grant().timestamp());
    }

    private static String base64(SecretBytes secret) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret.copy());
    }

    private static String hex(SecretBytes secret) {
        return HexFormat.of().formatHex(secret.copy());
    }

    private void assertRefused(String compact) {
        assertThatExceptionOfType(JwtException.class).isThrownBy(() -> reader.read(compact));
    }

    private static void assertNotOpened(ServiceToken token, SaltedBox box) {
        assertThatExceptionOfType(OpenFailedException.class).isThrownBy(() -> Tickets.open(token, box));
    }

    /** Members that say nothing are left out, and so is the grace in what is under the MAC: another implementation does the same. */
    @Test
    void mint_withoutFailoverAndGrace_namesNeither() {
        TokenGrant grant = token.grant();
        JsonObject claims = new JsonObject(
                Buffer.buffer(Base64.getUrlDecoder().decode(token.compact().split("\\.", -1)[1])));
        assertThat(claims.fieldNames()).doesNotContain("bak", "grc");
        int texts = 2 + 1 + 1 + grant.addresses().size();
        int letters = grant.service().length()
                + grant.operation().length()
                + String.join("", grant.addresses()).length();
        assertThat(grant.canonicalScope()).hasSize(16 + 4 * Long.BYTES + texts * Integer.BYTES + letters);
    }
}
