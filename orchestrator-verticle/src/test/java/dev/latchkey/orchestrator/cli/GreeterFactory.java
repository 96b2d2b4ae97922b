// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import io.vertx.core.Deployable;
import io.vertx.core.Promise;
import io.vertx.core.spi.VerticleFactory;
import java.util.concurrent.Callable;

/** Makes greeters of names such as {@code greeting:anything}. */
public final class GreeterFactory implements VerticleFactory {
    @Override
    public String prefix() {
        return "greeting";
    }

    @Override
    public void createVerticle2(String name, ClassLoader loader, Promise<Callable<? extends Deployable>> promise) {
        promise.complete(Greeter::new);
    }
}
