// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import io.vertx.core.json.JsonObject;

/** Says whether a JWT whose header is acceptable is signed by its key, by the right issuer, and for the right audience. */
interface JwtAuthentication {
    /**
     * The claims of an authentic JWT.
     *
     * @param jwt the compact form
     * @param parts the same, cut
     * @throws JwtException when it is not authentic, or cannot be read
     */
    JsonObject authentic(String jwt, CompactJwt parts) throws JwtException;

    /** Which of them it was helps nobody but an attacker. */
    static JwtException refusal() {
        return new JwtException("signature, issuer or audience is not acceptable");
    }
}
