// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import java.net.URI;
import java.util.Set;

/** Where keys may be fetched from: over TLS, or on this machine. */
final class IssuerAddress {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    private IssuerAddress() {}

    /** True for https, and for http of a loopback host; without user, and without query or fragment. */
    static boolean isSafe(URI uri) {
        String host = uri.getHost();
        return host != null
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host)));
    }

    /** The issuer's discovery document (OpenID Connect Discovery 1.0, section 4). */
    static URI discovery(String issuer) {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return URI.create(base + "/.well-known/openid-configuration");
    }

    /** True when both are of one server. */
    static boolean isSameServer(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getHost().equals(other.getHost())
                && one.getPort() == other.getPort();
    }
}
