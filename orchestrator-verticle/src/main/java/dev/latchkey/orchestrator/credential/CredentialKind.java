// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import dev.latchkey.eventbus.token.CompactJwt;
import dev.latchkey.eventbus.token.JwtException;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;

/**
 * What a credential looks like from the outside, by which its one verifier is chosen. Nobody vouches for it yet.
 *
 * <p>A text whose first segment, up to a dot, is 1 to 16 lower-case letters and digits is of the kind of that prefix. Any other must
 * be a JWT, whose kind is its issuer. No JWT begins with such a segment, since a header with an algorithm is longer.
 *
 * @param form which of both it is
 * @param name the prefix, or the issuer
 */
public record CredentialKind(Form form, String name) {
    /** Characters of a credential, at most; so many that a JWT of the greatest length may have a prefix. */
    public static final int MAX_LENGTH = CompactJwt.MAX_LENGTH + 17;

    private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9]{0,15}");

    /** How a credential says what it is. */
    public enum Form {
        /** By what stands before its first dot. */
        PREFIX,
        /** By the claim {@code iss} of the JWT that it is. */
        ISSUER
    }

    /** Refuses a prefix that no text could have. */
    public CredentialKind {
        if (form == Form.PREFIX && !PREFIX.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no prefix of credentials; use 1 to 16 lower-case letters and digits");
        }
    }

    /** Credentials that begin with this prefix and a dot. */
    public static CredentialKind prefixed(String prefix) {
        return new CredentialKind(Form.PREFIX, prefix);
    }

    /** JWTs of this issuer. */
    public static CredentialKind issuedBy(String issuer) {
        return new CredentialKind(Form.ISSUER, issuer);
    }

    /**
     * The kind of a credential.
     *
     * @throws CredentialException when it has none
     */
    static CredentialKind of(String credential) throws CredentialException {
        if (credential.isEmpty() || credential.length() > MAX_LENGTH) {
            throw new CredentialException("empty, or longer than " + MAX_LENGTH + " characters");
        }
        String first = credential.substring(0, Math.max(0, credential.indexOf('.')));
        return PREFIX.matcher(first).matches() ? prefixed(first) : issuedBy(issuer(credential));
    }

    private static String issuer(String jwt) throws CredentialException {
        try {
            JsonObject claims = CompactJwt.parse(jwt).claims();
            if (claims.getValue("iss") instanceof String issuer) {
                return issuer;
            }
        } catch (JwtException e) {
            throw new CredentialException("neither a known prefix nor a JWT: " + e.getMessage());
        }
        throw new CredentialException("iss is missing");
    }
}
