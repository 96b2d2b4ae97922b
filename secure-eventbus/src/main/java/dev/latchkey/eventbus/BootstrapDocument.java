// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import dev.latchkey.eventbus.crypto.VerifyingKey;
import dev.latchkey.eventbus.token.CompactJwt;
import dev.latchkey.eventbus.token.JwtException;
import dev.latchkey.eventbus.token.JwtType;
import dev.latchkey.eventbus.token.PublicJwk;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * What an orchestrator tells those that are not in the cluster yet: whom to trust, where the cluster is, and what policy expects of them. It
 * is public; that it is true is shown by a signature of the orchestrators' key, which the reader knows by its fingerprint. Immutable.
 *
 * @param trustBundle whom to trust
 * @param cluster settings of a node that joins the cluster
 * @param policy what a joiner can know of policy: no operations and no services
 * @param fingerprint of the key that signed
 * @param expires milliseconds since 1970
 */
public record BootstrapDocument(
        TrustBundle trustBundle, JsonObject cluster, JsonObject policy, String fingerprint, long expires) {
    /** Clocks of those who are not in the cluster are nobody's to correct. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    private static final long SECOND_MILLIS = 1_000;

    /** The end of the year 9999. */
    private static final double LAST_SECOND = 253_402_300_799.0;

    /** Copies what could change. */
    public BootstrapDocument {
        cluster = cluster.copy();
        policy = policy.copy();
    }

    /** How a key is pinned: {@code sha256:} and the SHA-256 of its 32 bytes, in hexadecimal. */
    public static String fingerprint(VerifyingKey key) {
        return "sha256:" + key.fingerprint();
    }

    /**
     * Reads a document, and checks who signed it. It brings its keys along, so the signature proves nothing by itself; it counts under a key
     * that is pinned, and then for all of it.
     *
     * @param compact a JWT of the type {@code latchkey-bootstrap+jwt}, signed by Ed25519
     * @param pins fingerprints, one of which must be that of the key that signed
     * @param now milliseconds since 1970
     * @throws IllegalArgumentException saying what was presented, and what is pinned
     */
    public static BootstrapDocument verify(String compact, Collection<String> pins, long now) {
        try {
            CompactJwt jwt = CompactJwt.parse(compact);
            require(JwtType.BOOTSTRAP.headerValue().equals(jwt.header().getValue("typ")), "its typ is another");
            require("EdDSA".equals(jwt.header().getValue("alg")), "its alg is not EdDSA");
            require(!jwt.header().containsKey("crit"), "it has crit");
            JsonObject claims = jwt.claims();
            TrustBundle bundle = bundle(claims);
            VerifyingKey key =
                    key(bundle.tokenKeys(), String.valueOf(jwt.header().getValue("kid")));
            requirePinned(key, pins);
            require(
                    key.verify(jwt.signingInput(), jwt.signature()),
                    "it names the key " + fingerprint(key) + ", which did not sign it");
            requireTimely(claims, now);
            return new BootstrapDocument(
                    bundle,
                    object(claims, "cluster"),
                    object(claims, "policy"),
                    fingerprint(key),
                    millis(claims, "exp"));
        } catch (JwtException e) {
            throw new IllegalArgumentException("presented no bootstrap document: " + e.getMessage(), e);
        }
    }

    private static VerifyingKey key(List<VerifyingKey> keys, String keyId) throws JwtException {
        return keys.stream()
                .filter(key -> PublicJwk.keyId(key).equals(keyId))
                .findFirst()
                .orElseThrow(() -> new JwtException("its kid is none of its keys"));
    }

    private static void requirePinned(VerifyingKey key, Collection<String> pins) {
        if (!pins.contains(fingerprint(key))) {
            throw new IllegalArgumentException(
                    "presented the key " + fingerprint(key) + ", pinned is " + String.join(" or ", pins));
        }
    }

    private static void requireTimely(JsonObject claims, long now) throws JwtException {
        require(
                millis(claims, "nbf") - SKEW.toMillis() <= now && now < millis(claims, "exp") + SKEW.toMillis(),
                "it is old, or the clock of this machine is wrong");
    }

    private static long millis(JsonObject claims, String name) throws JwtException {
        require(
                claims.getValue(name) instanceof Number seconds && Math.abs(seconds.doubleValue()) < LAST_SECOND,
                name + " is missing or no time");
        return claims.getLong(name) * SECOND_MILLIS;
    }

    private static TrustBundle bundle(JsonObject claims) throws JwtException {
        try {
            return TrustBundle.fromJson(object(claims, "trustBundle"));
        } catch (IllegalArgumentException e) {
            throw new JwtException("its trustBundle: " + e.getMessage());
        }
    }

    private static JsonObject object(JsonObject claims, String name) throws JwtException {
        if (claims.getValue(name) instanceof JsonObject object) {
            return object;
        }
        throw new JwtException("it has no " + name);
    }

    private static void require(boolean holds, String problem) throws JwtException {
        if (!holds) {
            throw new JwtException(problem);
        }
    }
}
