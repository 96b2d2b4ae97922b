// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureVerticle;
import io.vertx.core.Future;

/** Starts only if the greeter, on another node, answers it. */
public final class Visitor extends SecureVerticle {
    @Override
    protected Future<?> start(SecureEventBus bus) {
        return bus.<String>request("greeting.hello", "visitor").map(answer -> {
            if (!answer.body().equals("Hello visitor")) {
                throw new IllegalStateException(answer.body());
            }
            return answer;
        });
    }
}
