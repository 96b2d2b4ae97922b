// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/** What every answer says, so that no browser does more with it than it should. */
final class SecurityHeaders implements Handler<RoutingContext> {
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";
    private static final String CONSOLE = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String TWO_YEARS = "max-age=63072000";

    private final boolean secure;

    SecurityHeaders(boolean secure) {
        this.secure = secure;
    }

    @Override
    public void handle(RoutingContext context) {
        boolean console = ConsoleFiles.isAt(context.request().path());
        MultiMap headers = context.response()
                .headers()
                .set("Content-Security-Policy", console ? CONSOLE : NOTHING)
                .set("Cache-Control", console ? "no-cache" : "no-store")
                .set("X-Content-Type-Options", "nosniff")
                .set("X-Frame-Options", "DENY")
                .set("Referrer-Policy", "no-referrer")
                .set("Cross-Origin-Opener-Policy", "same-origin")
                .set("Cross-Origin-Resource-Policy", "same-origin")
                .set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (secure) {
            headers.set("Strict-Transport-Security", TWO_YEARS);
        }
        context.next();
    }
}
