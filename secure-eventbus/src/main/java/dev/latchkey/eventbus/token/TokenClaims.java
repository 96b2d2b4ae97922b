// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** The claims of a Service Token (RFC 7519, section 4). Names of our own are short: the token rides in messages. */
final class TokenClaims {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private static final String ID = "jti";
    private static final String SERVICE = "sub";
    private static final String OPERATION = "op";
    private static final String ADDRESSES = "adr";
    private static final String EPOCH = "ep";
    private static final String TIMESTAMP = "ts";
    private static final String NOT_BEFORE = "nbf";
    private static final String EXPIRES = "exp";
    private static final String FAILOVER = "bak";
    private static final String GRACE = "grc";
    private static final String TICKET = "tkt";
    private static final String AUTHENTICATION_MAC = "am";
    private static final String SCOPE_MAC = "sm";

    private TokenClaims() {}

    static JsonObject write(TokenGrant grant, TokenProof proof, String trustDomain) {
        JsonObject claims = new JsonObject()
                .put("iss", trustDomain)
                .put("aud", trustDomain)
                .put(ID, grant.id().toString())
                .put(SERVICE, grant.service())
                .put(OPERATION, grant.operation())
                .put(ADDRESSES, new JsonArray(grant.addresses()))
                .put(EPOCH, grant.epoch())
                .put(TIMESTAMP, grant.timestamp())
                .put(NOT_BEFORE, grant.notBefore())
                .put(EXPIRES, grant.expires())
                .put(TICKET, ENCODER.encodeToString(proof.ticket()))
                .put(AUTHENTICATION_MAC, ENCODER.encodeToString(proof.authenticationMac()))
                .put(SCOPE_MAC, ENCODER.encodeToString(proof.scopeMac()));
        if (!grant.failover().isEmpty()) {
            claims.put(FAILOVER, new JsonArray(grant.failover()));
        }
        return grant.grace() == 0 ? claims : claims.put(GRACE, grant.grace());
    }

    /** Reads claims whose signature holds. Throws ClassCastException and the like for what is missing. */
    static TokenGrant grant(JsonObject claims) {
        return new TokenGrant(
                TokenId.parse(claims.getString(ID)),
                text(claims, SERVICE),
                text(claims, OPERATION),
                texts(claims.getJsonArray(ADDRESSES)),
                claims.getLong(EPOCH),
                claims.getLong(TIMESTAMP),
                claims.getLong(NOT_BEFORE),
                claims.getLong(EXPIRES),
                texts(claims.getJsonArray(FAILOVER, new JsonArray())),
                claims.getLong(GRACE, 0L));
    }

    static TokenProof proof(JsonObject claims) {
        return new TokenProof(
                DECODER.decode(claims.getString(TICKET)),
                DECODER.decode(claims.getString(AUTHENTICATION_MAC)),
                DECODER.decode(claims.getString(SCOPE_MAC)));
    }

    private static String text(JsonObject claims, String name) {
        return (String) Objects.requireNonNull(claims.getValue(name), name);
    }

    private static List<String> texts(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }
}
