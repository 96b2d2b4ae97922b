// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;

/** A JWT in the headers of each message, answers too: made for its address, and valid for a minute. */
final class JwtGuard implements MessageGuard {
    private static final String HEADER = "authorization";
    private static final String ADDRESS = "address";
    private static final int LIFETIME_SECONDS = 60;

    private final JWTAuth auth;
    private final JWTOptions options;

    private JwtGuard(JWTAuth auth, String algorithm) {
        this.auth = auth;
        this.options = new JWTOptions().setAlgorithm(algorithm).setExpiresInSeconds(LIFETIME_SECONDS);
    }

    static MessageGuard of(Vertx vertx, BusMode mode, JwtKeys keys) {
        return switch (mode) {
            case JWT_HS256 -> guard(vertx, keys.hmac(), "HS256");
            case JWT_RS256 -> guard(vertx, keys.rsa(), "RS256");
            default -> MessageGuard.NONE;
        };
    }

    private static MessageGuard guard(Vertx vertx, JWTAuthOptions keys, String algorithm) {
        return new JwtGuard(JWTAuth.create(vertx, keys), algorithm);
    }

    @Override
    public DeliveryOptions stamp(String address) {
        JsonObject claims = new JsonObject().put("sub", "client").put(ADDRESS, address);
        return new DeliveryOptions().addHeader(HEADER, auth.generateToken(claims, options));
    }

    @Override
    public Future<?> check(Message<?> message) {
        return auth.authenticate(new TokenCredentials(message.headers().get(HEADER)))
                .compose(user -> message.address().equals(user.principal().getString(ADDRESS))
                        ? PASSED
                        : Future.failedFuture("the token is for another address"));
    }
}
