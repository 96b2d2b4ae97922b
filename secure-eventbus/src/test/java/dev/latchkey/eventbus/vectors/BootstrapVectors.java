// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.vectors;

import dev.latchkey.eventbus.BootstrapDocument;
import dev.latchkey.eventbus.token.JwtSigner;
import dev.latchkey.eventbus.token.JwtType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A bootstrap document, and how its key is pinned. */
final class BootstrapVectors {
    static final long NOW = 1_800_000_000L;

    private BootstrapVectors() {}

    private static JsonObject claims() {
        return new JsonObject()
                .put("iss", "orchestrator")
                .put("aud", TokenVectors.DOMAIN)
                .put("trustBundle", TokenVectors.trustBundle().toJson())
                .put(
                        "policy",
                        new JsonObject()
                                .put("trustDomain", TokenVectors.DOMAIN)
                                .put("leaseSeconds", 300)
                                .put("unlisted", "off")
                                .put(
                                        "credentials",
                                        new JsonArray().add("credential").add("join-token")))
                .put(
                        "cluster",
                        new JsonObject()
                                .put("discovery", "hosts")
                                .put("clusterName", "latchkey")
                                .put("quorum", 0)
                                .put("members", new JsonArray().add("127.0.0.1:5701")))
                .put("iat", NOW)
                .put("nbf", NOW)
                .put("exp", NOW + 600);
    }

    static JsonObject make() {
        return new JsonObject()
                .put("claims", claims())
                .put(
                        "pin",
                        BootstrapDocument.fingerprint(TokenVectors.signingKey().verifyingKey()))
                .put("compact", new JwtSigner(TokenVectors.signingKey(), JwtType.BOOTSTRAP).sign(claims()));
    }
}
