// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.Reporting;
import dev.latchkey.orchestrator.cli.CliCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code latchkey soak}. */
@Command(
        name = "soak",
        description = {
            "Loads a cluster of separate JVMs on this machine while keys rotate, instances come and go, and nodes are killed and"
                    + " paused, and accounts for every message by its number. The plain bus goes through the same beside it, or after it"
                    + " where losses are compared.",
            "Plans: calm, orchestrators (one is killed every 15 s), rolling (one after the other is stopped in order and started"
                    + " again, all the time), nodes (providers are killed, nodes are paused), outage (all"
                    + " orchestrators are down for 60 s, needs 2 minutes), revocations, joins, split (a network is cut in two; needs root and"
                    + " iproute2).",
            "Exits with 0 when everything held that the plan promises."
        },
        footer = {
            "",
            "Examples:",
            "  latchkey soak --plan rolling --minutes 2",
            "  latchkey soak --plan orchestrators --minutes 10 --report soak.json",
            "  latchkey soak --plan nodes --bus secured --json"
        })
public final class SoakCommand implements CliCommand {
    private static final String REVOCATIONS = "revocations";
    private static final String JOINS = "joins";
    private static final String SPLIT = "split";
    private static final double MAX_MINUTES = 60;
    private static final int MAX_NODES = 16;
    private static final long SECONDS_PER_MINUTE = 60;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--plan",
            paramLabel = "PLAN",
            defaultValue = "calm",
            description = "What is done to the nodes. Default: calm.")
    @SuppressWarnings("NullAway.Init")
    private String plan;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "1",
            description = "How long the load lasts, up to 60; 0.5 is 30 s. Default: 1.")
    private double minutes;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "4",
            description = "Service nodes, half of them providers: 2 to 16. Default: 4.")
    private int nodes;

    @Option(
            names = "--orchestrators",
            paramLabel = "N",
            defaultValue = "3",
            description = "Orchestrator nodes: 1 to 16. Default: 3.")
    private int orchestrators;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "400",
            description = "Requests a second of each caller, and as many sends: 100 to 10000. Default: 400.")
    private int rate;

    @Option(
            names = "--bus",
            paramLabel = "BUS",
            defaultValue = "both",
            description = "secured, plain, or both. Default: both.")
    @SuppressWarnings("NullAway.Init")
    private String bus;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Reporting reporting;

    /** For the service loader. */
    public SoakCommand() {}

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        checkOptions();
        PrintWriter out = reporting.out(spec);
        long begun = System.nanoTime();
        SoakSize size =
                new SoakSize(Math.round(minutes * SECONDS_PER_MINUTE), (nodes + 1) / 2, nodes / 2, orchestrators, rate);
        try {
            SoakReport seen = scenario()
                    .run(
                            size,
                            text -> out.println(String.format(
                                    Locale.ROOT, "%7.1f s  %s", (System.nanoTime() - begun) / 1e9, text)));
            return conclude(seen, out);
        } catch (NodeException e) {
            spec.commandLine().getErr().println("latchkey: soak: " + e.getMessage());
            return 1;
        }
    }

    private Scenario scenario() {
        return switch (plan) {
            case REVOCATIONS -> new RevocationScenario();
            case JOINS -> new JoinScenario();
            case SPLIT -> new SplitScenario();
            default -> new LoadScenario(FaultPlan.valueOf(plan.toUpperCase(Locale.ROOT)), buses());
        };
    }

    private List<SoakBus> buses() {
        return Arrays.stream(SoakBus.values())
                .filter(each -> bus.equals("both") || each.label().equals(bus))
                .toList();
    }

    private void checkOptions() {
        String plans = Arrays.stream(FaultPlan.values()).map(FaultPlan::label).collect(Collectors.joining(", "));
        boolean known = List.of(REVOCATIONS, JOINS, SPLIT).contains(plan)
                || List.of(plans.split(", ")).contains(plan);
        require(
                known,
                "--plan: '" + plan + "' is no plan; use one of " + plans + ", " + REVOCATIONS + ", " + JOINS + ", "
                        + SPLIT);
        require(minutes > 0 && minutes <= MAX_MINUTES, "--minutes: " + minutes + " is out of range; use up to 60");
        require(nodes >= 2 && nodes <= MAX_NODES, "--nodes: " + nodes + " is out of range; use 2 to 16");
        require(
                orchestrators >= 1 && orchestrators <= MAX_NODES,
                "--orchestrators: " + orchestrators + " is out of range; use 1 to 16");
        require(rate >= 100 && rate <= 10_000, "--rate: " + rate + " is out of range; use 100 to 10000");
        require(!buses().isEmpty(), "--bus: '" + bus + "' is no bus; use secured, plain or both");
        reporting.check();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private int conclude(SoakReport seen, PrintWriter out) throws IOException {
        out.println();
        seen.table().forEach(out::println);
        out.println();
        return reporting.conclude(spec, seen.toJson(), seen.failings());
    }
}
