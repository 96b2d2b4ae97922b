// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.SecureVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** What {@code latchkey run} deploys: a class, or what a {@code VerticleFactory} on the class path makes of a name with its prefix. */
final class NamedVerticle {
    private final String name;
    private final @Nullable Class<? extends Deployable> type;

    private NamedVerticle(String name, @Nullable Class<? extends Deployable> type) {
        this.name = name;
        this.type = type;
    }

    /**
     * Finds it, as far as that is possible before there is a node. No class has a colon in its name.
     *
     * @throws IllegalArgumentException when there is no such class, or it is none that can be deployed
     */
    static NamedVerticle of(String name) {
        return new NamedVerticle(name, name.contains(":") ? null : VerticleClass.load(name));
    }

    /** True when it is known to join the secured bus by itself. */
    boolean joins() {
        return type != null && SecureVerticle.class.isAssignableFrom(type);
    }

    /** Deploys it. */
    Future<String> deploy(Vertx vertx, DeploymentOptions options) {
        return type == null ? byFactory(vertx, options) : vertx.deployVerticle(type, options);
    }

    /** A name whose prefix no factory has is taken for a class, which is not there. */
    private Future<String> byFactory(Vertx vertx, DeploymentOptions options) {
        return vertx.deployVerticle(name, options).recover(failure -> Future.failedFuture(explained(failure)));
    }

    private Throwable explained(Throwable failure) {
        boolean nobodys = failure instanceof ClassNotFoundException && name.endsWith(":" + failure.getMessage());
        return nobodys
                ? new IllegalArgumentException("no verticle factory on the class path takes '" + name
                        + "'; put its jar on LATCHKEY_CLASSPATH, or correct the prefix")
                : failure;
    }
}
