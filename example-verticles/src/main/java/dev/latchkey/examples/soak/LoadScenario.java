// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.NodeFolder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Load under faults, on one bus or on both under the same plan: side by side, or one after the other where their losses are compared. There
 * each has the machine to itself, or the one that needs more of it would lose by that.
 */
final class LoadScenario implements Scenario {
    private final FaultPlan plan;
    private final List<SoakBus> buses;

    LoadScenario(FaultPlan plan, List<SoakBus> buses) {
        this.plan = plan;
        this.buses = buses;
    }

    @Override
    public SoakReport run(SoakSize size, Consumer<String> say)
            throws IOException, GeneralSecurityException, NodeException {
        try (NodeFolder folder = NodeFolder.create(LoadScenario.class, plan.policy())) {
            List<RunReport> runs = runs(size, folder.path(), say);
            return new SoakReport(figures(size, runs), LoadTable.of(runs), new LoadVerdict(plan, runs).failings());
        }
    }

    private List<RunReport> runs(SoakSize size, Path folder, Consumer<String> say) throws IOException, NodeException {
        List<CompletableFuture<RunReport>> started = new ArrayList<>();
        for (SoakBus bus : buses) {
            SoakRun run = new SoakRun(bus, plan, size, folder, say);
            started.add(CompletableFuture.supplyAsync(() -> run(run), executor(bus)));
        }
        List<RunReport> runs = new ArrayList<>();
        for (CompletableFuture<RunReport> run : started) {
            runs.add(result(run));
        }
        return runs;
    }

    private Executor executor(SoakBus bus) {
        return plan.mustLoseNothing() ? task -> new Thread(task, bus.label()).start() : Runnable::run;
    }

    private static RunReport run(SoakRun run) {
        try {
            return run.run();
        } catch (IOException | NodeException e) {
            throw new CompletionException(e);
        }
    }

    private static RunReport result(CompletableFuture<RunReport> run) throws NodeException {
        try {
            return run.join();
        } catch (CompletionException e) {
            throw new NodeException(String.valueOf(e.getMessage()));
        }
    }

    private JsonObject figures(SoakSize size, List<RunReport> runs) {
        JsonArray told = new JsonArray();
        runs.forEach(run -> told.add(run.toJson()));
        return new JsonObject()
                .put("plan", plan.label())
                .put("seconds", size.seconds())
                .put("providers", size.providers())
                .put("callers", size.callers())
                .put("orchestrators", size.orchestrators())
                .put("runs", told);
    }
}
