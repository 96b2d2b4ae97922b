// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** As {@link Rigs}, with metrics and a tracer on every node. */
final class InstrumentedRigs implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(InstrumentedRigs.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Instrumented.class;
    }

    @Override
    public Instrumented resolveParameter(ParameterContext parameter, ExtensionContext context) {
        BusKind kind = ((BusContract) context.getRequiredTestInstance()).kind;
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(kind, Instrumented::start, Instrumented.class);
    }

    /** A running rig and what its nodes record, in the order of the nodes. */
    record Instrumented(Rig rig, List<RecordingMetrics> metrics, List<RecordingTracer> tracers)
            implements AutoCloseable {
        static Instrumented start(BusKind kind) {
            List<RecordingMetrics> metrics = new CopyOnWriteArrayList<>();
            List<RecordingTracer> tracers = new CopyOnWriteArrayList<>();
            Rig rig = Rig.start(kind, () -> {
                RecordingMetrics recorder = new RecordingMetrics();
                RecordingTracer tracer = new RecordingTracer();
                metrics.add(recorder);
                tracers.add(tracer);
                return Vertx.builder().withMetrics(options -> recorder).withTracer(options -> tracer);
            });
            return new Instrumented(rig, metrics, tracers);
        }

        RecordingMetrics senderMetrics() {
            return metrics.get(0);
        }

        RecordingMetrics receiverMetrics() {
            return metrics.get(metrics.size() - 1);
        }

        RecordingTracer senderTracer() {
            return tracers.get(0);
        }

        RecordingTracer receiverTracer() {
            return tracers.get(tracers.size() - 1);
        }

        @Override
        public void close() {
            rig.close();
        }
    }
}
