// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.vectors;

import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.token.JwtSigner;
import dev.latchkey.eventbus.token.JwtType;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.token.Tickets;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.token.TokenMint;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;

/** A Service Token whose ticket has a given salt, and the trust bundle that its key is in. */
final class TokenVectors {
    static final String DOMAIN = "vectors.example";
    static final byte[] PROVIDER_KEY = Bytes.counting(0x20, 32);
    static final byte[] SIGNING_KEY = Bytes.counting(0x40, 32);
    static final byte[] REGISTRATION_KEY = Bytes.counting(0x60, 32);
    private static final byte[] TICKET_SALT = Bytes.counting(0xc0, 32);
    private static final long NOT_BEFORE = 1_800_000_000L;

    private TokenVectors() {}

    static SigningKey signingKey() {
        return SigningKey.of(Bytes.secret(SIGNING_KEY));
    }

    static TokenGrant grant() {
        return new TokenGrant(
                new TokenId(0x0123456789abcdefL, 0xfedcba9876543210L),
                "web",
                KeyVectors.OPERATION,
                List.of("image.process", "image.batch.*"),
                3,
                KeyVectors.TIMESTAMP,
                NOT_BEFORE,
                NOT_BEFORE + 300,
                List.of("image.backup"));
    }

    static TrustBundle trustBundle() {
        byte[] registration = HpkeKeyPair.of(Bytes.secret(REGISTRATION_KEY)).publicKey();
        return new TrustBundle(DOMAIN, registration, List.of(signingKey().verifyingKey()));
    }

    static String compact() {
        JsonObject claims = claims(minted()).put("tkt", base64(ticket()));
        return new JwtSigner(signingKey(), JwtType.SERVICE_TOKEN).sign(claims);
    }

    private static ServiceToken minted() {
        return new TokenMint(signingKey(), DOMAIN)
                .mint(grant(), Bytes.secret(KeyVectors.SEED), Tickets.box(Bytes.secret(PROVIDER_KEY)));
    }

    private static byte[] ticket() {
        return Bytes.box(
                PROVIDER_KEY,
                "ticket",
                TICKET_SALT,
                grant().ticketBinding(),
                KeyVectors.callSeed().copy());
    }

    private static JsonObject claims(ServiceToken token) {
        return new JsonObject(
                Buffer.buffer(Base64.getUrlDecoder().decode(token.compact().split("\\.", -1)[1])));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static JsonObject make() {
        return new JsonObject()
                .put("trustDomain", DOMAIN)
                .put("signingKey", Bytes.hex(SIGNING_KEY))
                .put("verifyingKey", Bytes.hex(signingKey().verifyingKey().encoded()))
                .put("providerKey", Bytes.hex(PROVIDER_KEY))
                .put("callSeed", Bytes.hex(KeyVectors.callSeed()))
                .put("id", grant().id().toString())
                .put("service", grant().service())
                .put("operation", grant().operation())
                .put("addresses", new JsonArray(grant().addresses()))
                .put("epoch", grant().epoch())
                .put("timestamp", grant().timestamp())
                .put("notBefore", grant().notBefore())
                .put("expires", grant().expires())
                .put("failover", new JsonArray(grant().failover()))
                .put("ticketSalt", Bytes.hex(TICKET_SALT))
                .put("ticketAad", Bytes.hex(grant().ticketBinding()))
                .put("ticket", Bytes.hex(ticket()))
                .put("scope", Bytes.hex(grant().canonicalScope()))
                .put("scopeMac", Bytes.hex(KeyVectors.keys().scopeMac(grant().canonicalScope())))
                .put("compact", compact());
    }
}
