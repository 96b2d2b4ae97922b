// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.Patience;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One run, on one bus: starts the nodes, loads them, does what the plan says, waits until all is quiet, and checks. */
final class SoakRun {
    private static final long SECONDS = 15;
    private static final long QUIET_SECONDS = 20;

    private final SoakBus bus;
    private final FaultPlan plan;
    private final SoakSize size;
    private final Path folder;
    private final Path ledgers;
    private final Place later;
    private final Consumer<String> say;
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final OrchestratorLoad load = new OrchestratorLoad();

    SoakRun(SoakBus bus, FaultPlan plan, SoakSize size, Path folder, Consumer<String> say) throws IOException {
        this(bus, plan, size, folder, Place.LOOPBACK, say);
    }

    /**
     * A run of two versions.
     *
     * @param later where every other service node runs, and whatever is started again
     */
    SoakRun(SoakBus bus, FaultPlan plan, SoakSize size, Path folder, Place later, Consumer<String> say)
            throws IOException {
        this.later = later;
        this.bus = bus;
        this.plan = plan;
        this.size = size;
        this.folder = folder;
        this.ledgers = Files.createDirectory(folder.resolve("ledgers-" + bus.label()));
        this.say = text -> say.accept(bus.label() + ": " + text);
    }

    RunReport run() throws IOException, NodeException {
        try (SoakCluster cluster = new SoakCluster(folder, bus, ledgers, size.perSecond())) {
            startNodes(cluster);
            cluster.setNext(later);
            cluster.tell(SoakRole.CALLER, "start", new JsonObject(), SECONDS);
            say.accept("the load has begun");
            pass(cluster);
            List<JsonObject> callers = finish(cluster);
            List<JsonObject> providers = cluster.tell(SoakRole.PROVIDER, "status", new JsonObject(), SECONDS);
            return new RunReport(
                    bus, new Checker(new SoakLedgers(ledgers)).check(), callers, providers, List.copyOf(done), load);
        }
    }

    private void startNodes(SoakCluster cluster) throws IOException, NodeException {
        // The plain cluster gets idle members in their place: on both, as many have to learn of a death.
        cluster.start(bus == SoakBus.SECURED ? SoakRole.ORCHESTRATOR : SoakRole.ANCHOR, size.orchestrators());
        startServices(cluster, SoakRole.PROVIDER, size.providers());
        startServices(cluster, SoakRole.CALLER, size.callers());
    }

    private void startServices(SoakCluster cluster, SoakRole role, int count) throws IOException, NodeException {
        cluster.start(role, (count + 1) / 2);
        cluster.start(role, count / 2, later);
    }

    /** Faults have a thread of their own, as starting a node takes a while, and must not delay the next look. */
    private void pass(SoakCluster cluster) {
        ExecutorService faults = Executors.newSingleThreadExecutor();
        List<Fault> ahead = new ArrayList<>(plan.faults(size.seconds()));
        long begun = System.nanoTime();
        for (long second = 1; second <= size.seconds(); second++) {
            while (!ahead.isEmpty() && ahead.get(0).second() < second) {
                Fault fault = ahead.remove(0);
                faults.execute(() -> commit(fault, cluster));
            }
            load.sample(cluster.alive(SoakRole.ORCHESTRATOR));
            sleepUntil(begun + TimeUnit.SECONDS.toNanos(second));
        }
        faults.shutdown();
        await(faults);
    }

    private void commit(Fault fault, SoakCluster cluster) {
        try {
            fault.action().on(cluster);
            done.add(fault.second() + " s: " + fault.what());
        } catch (IOException | NodeException e) {
            done.add(fault.second() + " s: " + fault.what() + ", which failed: " + e.getMessage());
        }
        say.accept(done.get(done.size() - 1));
    }

    private static void sleepUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void await(ExecutorService faults) {
        try {
            faults.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing is judged before every request has ended and what is still under way has arrived. */
    private List<JsonObject> finish(SoakCluster cluster) throws NodeException {
        cluster.tell(SoakRole.CALLER, "stop", new JsonObject(), SECONDS);
        Patience patience = new Patience(QUIET_SECONDS);
        List<JsonObject> callers = callers(cluster);
        while (!callers.stream().allMatch(caller -> caller.getBoolean("quiet")) && patience.waits()) {
            callers = callers(cluster);
        }
        awaitArrivals(cluster);
        return callers;
    }

    private static List<JsonObject> callers(SoakCluster cluster) throws NodeException {
        return cluster.tell(SoakRole.CALLER, "status", new JsonObject(), SECONDS);
    }

    private static void awaitArrivals(SoakCluster cluster) throws NodeException {
        long before = -1;
        Patience patience = new Patience(QUIET_SECONDS);
        for (long now = arrived(cluster); now != before && patience.waits(); now = arrived(cluster)) {
            before = now;
        }
    }

    private static long arrived(SoakCluster cluster) throws NodeException {
        return cluster.tell(SoakRole.PROVIDER, "status", new JsonObject(), SECONDS).stream()
                .mapToLong(status -> status.getLong("arrived"))
                .sum();
    }
}
