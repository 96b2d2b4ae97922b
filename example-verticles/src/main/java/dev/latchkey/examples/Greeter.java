// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureVerticle;
import io.vertx.core.Future;

/** Answers on a secured address. Its plaintext never leaves the JVM, and only who is invited gets an answer. */
public class Greeter extends SecureVerticle {
    @Override
    protected Future<?> start(SecureEventBus bus) {
        return bus.<String>consumer("greeting.hello", m -> m.reply("Hello " + m.body()))
                .completion();
    }
}
