// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureEventBusOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.nio.file.Path;

/** The visitor in a program that has no verticles: it joins, asks, and leaves. */
public final class VisitorProgram {
    private VisitorProgram() {}

    /**
     * What the greeter answers.
     *
     * @param vertx a clustered one
     * @param home the folder where {@code latchkey init} and {@code latchkey credential issue} have put their files
     */
    public static Future<String> visit(Vertx vertx, Path home) {
        SecureEventBusOptions options = new SecureEventBusOptions()
                .setService("visitor")
                .setTrustBundleFile(home.resolve("trust.json"))
                .setCredentialFile(home.resolve("visitor.jwt"));
        return SecureEventBus.join(vertx, options).compose(bus -> greet(bus).eventually(bus::leave));
    }

    private static Future<String> greet(SecureEventBus bus) {
        return bus.<String>request("greeting.hello", "Ada").map(Message::body);
    }
}
