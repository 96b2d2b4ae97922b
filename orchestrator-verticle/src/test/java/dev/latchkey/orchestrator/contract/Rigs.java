// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Brings a case the bus that it runs on. Each kind is started once for all contract classes, and stopped after the last. */
final class Rigs implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(Rigs.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Rig.class;
    }

    @Override
    public Rig resolveParameter(ParameterContext parameter, ExtensionContext context) {
        BusKind kind = ((BusContract) context.getRequiredTestInstance()).kind;
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(kind, first -> Rig.start(first, Vertx::builder), Rig.class);
    }
}
