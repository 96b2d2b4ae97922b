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
import java.util.function.Supplier;

/**
 * Makes the document: a JWT under the orchestrators' key. It names no operation, no address and no service, as anybody who reaches the port can
 * read it.
 */
final class DocumentMaker {
    static final Duration VALIDITY = Duration.ofMinutes(10);

    /** One is told for so long, so that nobody makes an orchestrator sign at his pace. */
    private static final Duration SAME = Duration.ofMinutes(1);

    private final JwtSigner signer;
    private final OrchestratorKeys keys;
    private final Supplier<Policy> policy;
    private final List<String> credentials;
    private final JsonObject cluster;
    private final Clock clock;
    private String document = "";
    private long madeAt;

    DocumentMaker(
            OrchestratorKeys keys,
            Supplier<Policy> policy,
            List<String> credentials,
            ClusterSettings cluster,
            Clock clock) {
        this.signer = new JwtSigner(keys.signing(), JwtType.BOOTSTRAP);
        this.keys = keys;
        this.policy = policy;
        this.credentials = credentials;
        this.cluster = cluster.forJoiners();
        this.clock = clock;
    }

    private JsonObject claims() {
        Policy current = policy.get();
        return new JsonObject()
                .put("iss", "orchestrator")
                .put("aud", current.trustDomain())
                .put("trustBundle", keys.trustBundle(current.trustDomain()).toJson())
                .put("policy", summary(current, credentials))
                .put("cluster", cluster);
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
                    claims().put("iat", seconds).put("nbf", seconds).put("exp", seconds + VALIDITY.toSeconds()));
        }
        return document;
    }
}
