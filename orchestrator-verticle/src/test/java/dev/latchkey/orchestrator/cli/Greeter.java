// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureVerticle;
import io.vertx.core.Future;

/** A service for the policy that {@code latchkey init} writes. */
public final class Greeter extends SecureVerticle {
    @Override
    protected Future<?> start(SecureEventBus bus) {
        return bus.<String>consumer("greeting.hello", question -> question.reply("Hello " + question.body()))
                .completion();
    }
}
