// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.token.JwtSigner;
import dev.latchkey.eventbus.token.JwtType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that operators show to the admin API: JWTs of a type of their own, so that no credential of a service is taken for one.
 *
 * <p>Signature, issuer, audience, expiry and not-before are all required, and the algorithm is the key's (RFC 8725).
 */
public final class AdminToken {
    /** A token that lives longer is refused: it is a bearer token, and cannot be revoked by itself. */
    public static final Duration MAX_LIFETIME = Duration.ofHours(24);

    /** The claim that names roles, unless the settings name another. */
    public static final String ROLES = "roles";

    private static final int MAX_SUBJECT = 128;

    private final SignedByDeployer signed;
    private final String rolesClaim;

    /**
     * Accepts what this issuer signed for this audience.
     *
     * @param rolesClaim the claim that names roles: a text, or an array of texts
     */
    public AdminToken(Deployer issuer, String audience, String rolesClaim, Clock clock) {
        this.signed = new SignedByDeployer(issuer, JwtType.ADMIN_TOKEN, audience, clock);
        this.rolesClaim = rolesClaim;
    }

    /**
     * What a token proves.
     *
     * @param subject who bears it
     * @param roles names of roles, known or not
     * @param end when it ends, its clock skew granted
     */
    public record Bearer(String subject, Set<String> roles, Instant end) {
        /** Copies the roles. */
        public Bearer {
            roles = Set.copyOf(roles);
        }
    }

    /** Reads a token; the text of a refusal repeats nothing of it. */
    public Bearer verify(String jwt) throws CredentialException {
        JsonObject claims = signed.claims(jwt);
        ClaimRules.requireShort(claims, MAX_LIFETIME);
        String subject = ClaimRules.text(claims, "sub");
        ClaimRules.require(subject.length() <= MAX_SUBJECT, "sub is too long");
        Instant end = Instant.ofEpochSecond(ClaimRules.seconds(claims, "exp")).plus(ClaimRules.CLOCK_SKEW);
        return new Bearer(subject, roles(claims.getValue(rolesClaim)), end);
    }

    private static Set<String> roles(@Nullable Object claim) {
        Set<String> roles = new HashSet<>();
        if (claim instanceof String role) {
            roles.add(role);
        } else if (claim instanceof JsonArray array) {
            array.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .forEach(roles::add);
        }
        return roles;
    }

    /** The audience of a trust domain's admin API, unless its settings name another. */
    public static String audienceOf(String trustDomain) {
        return trustDomain + "/admin";
    }

    /**
     * Signs a token, valid from now for a while.
     *
     * @param subject who will bear it
     * @param rolesClaim the claim that names the role
     * @throws IllegalArgumentException for a lifetime of more than {@link #MAX_LIFETIME}
     */
    public static String issue(
            SigningKey key,
            String issuer,
            String audience,
            String subject,
            String rolesClaim,
            String role,
            Clock clock,
            Duration lifetime) {
        if (lifetime.compareTo(MAX_LIFETIME) > 0) {
            throw new IllegalArgumentException("an admin token lives for 24 hours at most; give less");
        }
        JsonObject claims = SignedByDeployer.newClaims(issuer, audience, subject, clock, lifetime)
                .put(rolesClaim, new JsonArray().add(role));
        return new JwtSigner(key, JwtType.ADMIN_TOKEN).sign(claims);
    }
}
