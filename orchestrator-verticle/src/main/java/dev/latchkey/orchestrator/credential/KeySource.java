// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import dev.latchkey.eventbus.token.JwtException;
import dev.latchkey.eventbus.token.StrictJson;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;

/** Fetches an issuer's key set: from where the settings say, or where the issuer's discovery document says. */
final class KeySource {
    private final IssuerHttp http;
    private final KubernetesOptions options;

    KeySource(IssuerHttp http, KubernetesOptions options) {
        this.http = http;
        this.options = options;
    }

    /** The key set as it is now; fails, and says why, when there is none to be had. */
    Future<KeySet> fetch() {
        URI jwks = options.jwks();
        Future<byte[]> document = jwks == null ? discover() : http.get(jwks, true);
        return document.compose(KeySource::read);
    }

    private static Future<KeySet> read(byte[] document) {
        try {
            return Future.succeededFuture(KeySet.read(document));
        } catch (CredentialException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<byte[]> discover() {
        URI discovery = IssuerAddress.discovery(options.issuer());
        return http.get(discovery, true).compose(document -> {
            try {
                URI jwks = address(document);
                return http.get(jwks, IssuerAddress.isSameServer(jwks, discovery));
            } catch (CredentialException e) {
                return Future.failedFuture(e);
            }
        });
    }

    /** The document must be this issuer's own (section 4.3 there), and must not lead to where anybody may answer. */
    private URI address(byte[] document) throws CredentialException {
        try {
            JsonObject discovered = StrictJson.object(document);
            ClaimRules.require(
                    options.issuer().equals(discovered.getValue("issuer")),
                    "the discovery document is another issuer's");
            URI jwks = URI.create(ClaimRules.text(discovered, "jwks_uri"));
            ClaimRules.require(IssuerAddress.isSafe(jwks), "jwks_uri of the discovery document is no https URL");
            return jwks;
        } catch (JwtException | IllegalArgumentException e) {
            throw new CredentialException("the discovery document cannot be read");
        }
    }
}
