// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import dev.latchkey.orchestrator.credential.AdminToken;
import dev.latchkey.orchestrator.credential.AdminToken.Bearer;
import dev.latchkey.orchestrator.credential.CredentialException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in.
 *
 * <p>Tokens come in the header {@code Authorization} and nowhere else. A browser never adds that by itself, as it would a cookie, so
 * another site cannot make it act with an operator's token: there is nothing to forge. That a request which changes something
 * comes from another site is refused all the same, in case a console is ever changed to use cookies.
 */
final class Gate {
    private static final String SCHEME = "bearer ";
    private static final int MAX_TOKEN = 8_192;
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final AdminToken tokens;
    private final RequestLimit limit;

    Gate(AdminToken tokens, RequestLimit limit) {
        this.tokens = tokens;
        this.limit = limit;
    }

    /** Who calls; throws an {@link ApiException} for who may not. */
    Caller caller(HttpServerRequest request) {
        String token = token(request.getHeader(HttpHeaders.AUTHORIZATION));
        Bearer bearer = bearer(token, request);
        limit.take("subject " + bearer.subject());
        Role role = Role.highest(bearer.roles())
                .orElseThrow(() -> new ApiException(
                        Problem.WRONG_ROLE, "the token names no role; it needs viewer, operator or admin"));
        return new Caller(bearer.subject(), role, bearer.end());
    }

    private static String token(@Nullable String header) {
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw new ApiException(
                    Problem.NO_TOKEN, "send 'Authorization: Bearer <token>'; 'latchkey admin-token issue' signs one");
        }
        return header.substring(SCHEME.length()).trim();
    }

    private Bearer bearer(String token, HttpServerRequest request) {
        try {
            if (token.length() > MAX_TOKEN) {
                throw new CredentialException("too long");
            }
            return tokens.verify(token);
        } catch (CredentialException e) {
            limit.take("address " + request.remoteAddress().hostAddress());
            throw new ApiException(Problem.BAD_TOKEN, "the token is refused: " + e.getMessage());
        }
    }

    /** Refuses what changes something and was sent by the page of another site. */
    void requireOwnSite(HttpServerRequest request) {
        if (SAFE.contains(request.method())) {
            return;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if ((site != null && !OWN_SITE.contains(site)) || (origin != null && !isOwn(origin, request))) {
            throw new ApiException(
                    Problem.CROSS_SITE, "only pages of this server may send requests that change something");
        }
    }

    private static boolean isOwn(String origin, HttpServerRequest request) {
        try {
            URI uri = URI.create(origin);
            return request.authority() != null
                    && request.scheme().equals(uri.getScheme())
                    && request.authority().toString().equals(uri.getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
