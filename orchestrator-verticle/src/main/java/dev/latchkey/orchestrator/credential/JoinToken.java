// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.token.JoinTokenText;
import dev.latchkey.eventbus.token.JwtSigner;
import dev.latchkey.eventbus.token.JwtType;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Credentials that a deployer signs for one instance: a JWT of a type of its own, with a name that no other has.
 *
 * <p>It is signed without asking any orchestrator. The orchestrators keep no list of the tokens that are outstanding, only of those
 * that were used and have not ended ({@link SpentCredentials}); that list stays short, since no join token lives for long.
 */
public final class JoinToken implements CredentialVerifier {
    /** A join token that lives longer is refused. */
    public static final Duration MAX_LIFETIME = Duration.ofHours(1);

    private static final int NAME_BYTES = 32;
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{" + 2 * NAME_BYTES + "}");

    private final SignedByDeployer signed;

    /** Accepts what this deployer signed for this trust domain. */
    public JoinToken(Deployer deployer, String trustDomain, Clock clock) {
        this.signed = new SignedByDeployer(deployer, JwtType.JOIN_TOKEN, trustDomain, clock);
    }

    @Override
    public CredentialKind kind() {
        return CredentialKind.prefixed(JoinTokenText.PREFIX);
    }

    /** Whether it was used before is not asked here: it is used only when all else holds. */
    @Override
    public Future<Identity> verify(String credential) {
        try {
            String jwt = JoinTokenText.jwt(credential);
            return Future.succeededFuture(identity(signed.claims(jwt), SignedByDeployer.id(jwt)));
        } catch (CredentialException e) {
            return Future.failedFuture(e);
        }
    }

    private static Identity identity(JsonObject claims, String id) throws CredentialException {
        ClaimRules.requireShort(claims, MAX_LIFETIME);
        ClaimRules.require(NAME.matcher(ClaimRules.text(claims, "jti")).matches(), "jti is not 64 hex digits");
        Instant end = Instant.ofEpochSecond(ClaimRules.seconds(claims, "exp")).plus(ClaimRules.CLOCK_SKEW);
        return Identity.singleUse(ClaimRules.text(claims, "sub"), id, end);
    }

    /**
     * Signs a join token for a service, valid from now for a while.
     *
     * @throws IllegalArgumentException for a lifetime of more than {@link #MAX_LIFETIME}
     */
    public static String issue(
            SigningKey key, String issuer, String trustDomain, String service, Clock clock, Duration lifetime) {
        if (lifetime.compareTo(MAX_LIFETIME) > 0) {
            throw new IllegalArgumentException(
                    "a join token lives for one hour at most; give less, or issue a credential");
        }
        JsonObject claims = SignedByDeployer.newClaims(issuer, trustDomain, service, clock, lifetime)
                .put("jti", newName());
        return JoinTokenText.of(new JwtSigner(key, JwtType.JOIN_TOKEN).sign(claims));
    }

    private static String newName() {
        try (SecretBytes random = SecretBytes.random(NAME_BYTES)) {
            return HexFormat.of().formatHex(random.copy());
        }
    }
}
