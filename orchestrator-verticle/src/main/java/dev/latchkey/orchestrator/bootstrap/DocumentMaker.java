// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.bootstrap;

import dev.latchkey.eventbus.token.JwtSigner;
import dev.latchkey.eventbus.token.JwtType;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import dev.latchkey.orchestrator.keys.OrchestratorKeys;
import dev.latchkey.orchestrator.policy.Policy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Makes the document: a JWT under the orchestrators' key. It names no operation, no address and no service, as anybody who reaches the port can
 * read it.
 */
final class DocumentMaker {
    static final Duration VALIDITY = Duration.ofMinutes(10);

    /** One is told for so long, so that nobody makes an orchestrator sign at his pace. */
    private static final Duration SAME = Duration.ofMinutes(1);

    private final JwtSigner signer;
    private final JsonObject claims;
    private final Clock clock;
    private String document = "";
    private long madeAt;

    DocumentMaker(
            OrchestratorKeys keys, Policy policy, List<String> credentials, ClusterSettings cluster, Clock clock) {
        this.signer = new JwtSigner(keys.signing(), JwtType.BOOTSTRAP);
        this.clock = clock;
        this.claims = new JsonObject()
                .put("iss", "orchestrator")
                .put("aud", policy.trustDomain())
                .put("trustBundle", keys.trustBundle(policy.trustDomain()).toJson())
                .put("policy", summary(policy, credentials))
                .put("cluster", cluster.forJoiners());
    }

    private static JsonObject summary(Policy policy, List<String> credentials) {
        return new JsonObject()
                .put("trustDomain", policy.trustDomain())
                .put("leaseSeconds", policy.leaseDuration().toSeconds())
                .put("unlisted", policy.unlisted().toString())
                .put("credentials", new JsonArray(credentials));
    }

    /**
     * The document as it is now.
     *
     * @throws IllegalStateException when the keys were erased
     */
    synchronized String now() {
        long now = clock.millis();
        if (document.isEmpty() || Math.abs(now - madeAt) >= SAME.toMillis()) {
            madeAt = now;
            long seconds = now / 1000;
            document = signer.sign(
                    claims.copy().put("iat", seconds).put("nbf", seconds).put("exp", seconds + VALIDITY.toSeconds()));
        }
        return document;
    }
}
