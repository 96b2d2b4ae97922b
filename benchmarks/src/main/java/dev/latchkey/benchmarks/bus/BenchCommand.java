// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.benchmarks.Parts;
import dev.latchkey.eventbus.crypto.CipherProvider;
import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.Reporting;
import dev.latchkey.orchestrator.cli.CliCommand;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code latchkey bench}. */
@Command(
        name = "bench",
        description = {
            "Measures the event bus between two JVMs on this machine: plain, sealed by Latchkey, in mutual TLS, and with a JWT in each"
                    + " message. Modes take turns, so that what disturbs the machine disturbs all of them; what counts is the"
                    + " ratio to the plain bus in the same round.",
            "A table goes to standard output, progress to standard error.",
            "Exits with 0 when no message was lost, doubled or refused."
        },
        footer = {
            "",
            "Examples:",
            "  latchkey bench --modes plain,sealed --kinds request --sizes 256 --rounds 3",
            "  latchkey bench --report bench.json",
            "  latchkey bench --parts"
        })
public final class BenchCommand implements CliCommand {
    private static final int MAX_ROUNDS = 100;
    private static final double MAX_SECONDS = 60;
    private static final int MAX_SIZE = 1 << 20;
    private static final int MAX_CALLERS = 100_000;
    private static final int MAX_OPERATIONS = 1_000;
    private static final double MILLIS = 1_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--modes",
            paramLabel = "MODE",
            split = ",",
            description =
                    "Some of plain, plain-coalesced, sealed, sealed-jdk, tls-jdk, tls-openssl, jwt-hs256, jwt-rs256. Default: all.")
    private List<String> modes = BusMode.labels();

    @Option(
            names = "--kinds",
            paramLabel = "KIND",
            split = ",",
            description = "Some of send, request, publish, latency, local-send, local-request. Default: all.")
    private List<String> kinds = Kind.labels();

    @Option(
            names = "--sizes",
            paramLabel = "BYTES",
            split = ",",
            description = "Bytes of a body, up to 1048576. Default: 64,256,4096,65536.")
    private List<Integer> sizes = List.of(64, 256, 4096, 65_536);

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "7",
            description = "How often everything is measured: 1 to 100. Default: 7.")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "1",
            description = "How long each measurement lasts, up to 60; 0.2 is 200 ms. Default: 1.")
    private double seconds;

    @Option(
            names = "--relayed",
            description =
                    "A quick look at counts and bytes: relays stand between the nodes all the time. Its times mean nothing.")
    private boolean relayed;

    @Option(names = "--parts", description = "Measure the parts one by one instead (JMH, about five minutes).")
    private boolean parts;

    @Option(
            names = "--scaling",
            description =
                    "Measure one provider with many callers or operations instead, over the bus; and what it does for a message by itself, with"
                            + " up to 100000 callers and 1000 operations. With the numbers of the default, 20 minutes.")
    private boolean scaling;

    @Option(
            names = "--callers",
            paramLabel = "N",
            split = ",",
            description =
                    "Numbers of callers for --scaling, up to 100000; all are compared with the first. Default: 1,100,1000,10000,100000.")
    private List<Integer> callers = List.of(1, 100, 1_000, 10_000, 100_000);

    @Option(
            names = "--operations",
            paramLabel = "N",
            split = ",",
            description =
                    "Numbers of operations for --scaling, which one caller invokes in turn, up to 1000; all are compared with the first."
                            + " Default: 1,10,100,1000.")
    private List<Integer> operations = List.of(1, 10, 100, 1_000);

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Reporting reporting;

    /** For the service loader. */
    public BenchCommand() {}

    @Override
    public Integer call() throws Exception {
        checkOptions();
        if (parts) {
            Parts.main(new String[0]);
            return 0;
        }
        return scaling ? scale() : measure(plan());
    }

    private int scale() throws Exception {
        JsonObject report = new JsonObject().put("machine", machine());
        int status = scale(this::callers, told -> report.put("crowds", told));
        if (status == 0) {
            status = scale(this::operations, told -> report.put("operations", told));
        }
        return status == 0 ? scaleAlone(report) : status;
    }

    private Crowds callers(Pairs pairs) throws IOException, GeneralSecurityException, NodeException {
        return Crowds.ofCallers(pairs, callers.stream().distinct().toList(), this::say);
    }

    private Crowds operations(Pairs pairs) throws IOException, GeneralSecurityException, NodeException {
        return Crowds.ofOperations(pairs, operations.stream().distinct().toList(), this::say);
    }

    private int scale(Starting starting, Consumer<JsonArray> told) throws IOException, GeneralSecurityException {
        try (Pairs pairs = new Pairs()) {
            try (Crowds crowds = starting.start(pairs)) {
                crowds.measure(rounds, limit());
                PrintWriter out = reporting.out(spec);
                crowds.table().forEach(out::println);
                out.println();
                told.accept(crowds.toJson());
                return 0;
            } catch (NodeException e) {
                return Reporting.giveUp(spec, pairs.folder(), e);
            }
        }
    }

    /** Starts what takes turns. */
    private interface Starting {
        Crowds start(Pairs pairs) throws IOException, GeneralSecurityException, NodeException;
    }

    private int scaleAlone(JsonObject report) throws Exception {
        Scaling seen = Scaling.run(this::say);
        seen.table().forEach(reporting.out(spec)::println);
        return reporting.conclude(spec, report.mergeIn(seen.toJson()), List.of());
    }

    private int measure(Plan plan) throws IOException, GeneralSecurityException {
        try (Pairs pairs = new Pairs()) {
            try {
                return conclude(plan, new BenchRun(plan, pairs, this::say).run());
            } catch (NodeException e) {
                return Reporting.giveUp(spec, pairs.folder(), e);
            }
        }
    }

    private void checkOptions() {
        require(!(parts && scaling), "--parts and --scaling: each is a run of its own; use one of them");
        require(rounds >= 1 && rounds <= MAX_ROUNDS, "--rounds: " + rounds + " is out of range; use 1 to 100");
        require(seconds > 0 && seconds <= MAX_SECONDS, "--seconds: " + seconds + " is out of range; use up to 60");
        sizes.forEach(size ->
                require(size >= 1 && size <= MAX_SIZE, "--sizes: " + size + " is out of range; use 1 to " + MAX_SIZE));
        callers.forEach(number -> require(
                number >= 1 && number <= MAX_CALLERS,
                "--callers: " + number + " is out of range; use 1 to " + MAX_CALLERS));
        operations.forEach(number -> require(
                number >= 1 && number <= MAX_OPERATIONS,
                "--operations: " + number + " is out of range; use 1 to " + MAX_OPERATIONS));
        reporting.check();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private Plan plan() {
        List<Kind> chosen = kinds.stream().map(Kind::named).distinct().toList();
        return new Plan(modes(), chosen, sizes.stream().distinct().toList(), rounds, limit(), relayed);
    }

    private Limit limit() {
        return Limit.of(Duration.ofMillis(Math.round(seconds * MILLIS)));
    }

    /** Without what does not run here; that is said, so that nobody takes it for measured. */
    private List<BusMode> modes() {
        List<BusMode> chosen = modes.stream().map(BusMode::named).distinct().toList();
        chosen.stream()
                .filter(mode -> !mode.isAvailable())
                .forEach(mode -> say("left out: " + mode.label() + ", as a library does not run on this machine"));
        return chosen.stream().filter(BusMode::isAvailable).toList();
    }

    private void say(String text) {
        spec.commandLine().getErr().println(text);
    }

    private int conclude(Plan plan, List<Summary> summaries) throws IOException {
        PrintWriter out = reporting.out(spec);
        BenchTable.of(summaries).forEach(out::println);
        JsonArray cells = new JsonArray();
        summaries.forEach(summary -> cells.add(summary.toJson()));
        JsonObject report = new JsonObject()
                .put("plan", plan.toJson())
                .put("machine", machine())
                .put("cells", cells);
        return reporting.conclude(spec, report, List.of());
    }

    private static JsonObject machine() {
        return new JsonObject()
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("cipher", CipherProvider.provider().getName())
                .put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"))
                .put(
                        "system",
                        String.join(" ", System.getProperty("os.name"), System.getProperty("os.version"))
                                .toLowerCase(Locale.ROOT));
    }
}
