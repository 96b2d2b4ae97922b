// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Where an admin API is: scheme, host and port, and nothing else. */
final class AdminAddress {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final URI base;

    private AdminAddress(URI base) {
        this.base = base;
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException naming problem and fix; for plain http to another machine too, where everybody on the way
     *     could read the token and use it
     */
    static AdminAddress parse(String text) {
        URI base = uri(text);
        refuseIf(base.getHost() == null || !isHttp(base), text, "is no address; write such as https://host:9080");
        refuseIf(
                base.getUserInfo() != null || base.getQuery() != null || !isRoot(base),
                text,
                "has more than scheme, host and port; leave the rest out");
        refuseIf(
                base.getScheme().equals("http") && !LOOPBACK.contains(base.getHost()),
                text,
                "would show the token to everybody on the way; use https, or forward a local port");
        return new AdminAddress(base);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("--url: '" + text + "' is no URL; write such as https://host:9080", e);
        }
    }

    private static boolean isHttp(URI base) {
        return "http".equals(base.getScheme()) || "https".equals(base.getScheme());
    }

    private static boolean isRoot(URI base) {
        return base.getPath().isEmpty() || base.getPath().equals("/");
    }

    private static void refuseIf(boolean wrong, String text, String problem) {
        if (wrong) {
            throw new IllegalArgumentException("--url: '" + text + "' " + problem);
        }
    }

    /** Whoever typed a name may have typed a slash. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    URI resolve(String path) {
        return base.resolve(path);
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
