// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureVerticle;
import io.vertx.core.Future;

/** Asks on a secured address, and prints the answer. */
public class Visitor extends SecureVerticle {
    @Override
    protected Future<?> start(SecureEventBus bus) {
        return bus.<String>request("greeting.hello", "Ada").onSuccess(answer -> System.out.println(answer.body()));
    }
}
