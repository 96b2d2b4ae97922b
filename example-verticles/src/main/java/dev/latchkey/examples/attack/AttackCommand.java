// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.examples.node.NodeCluster;
import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.NodeFolder;
import dev.latchkey.examples.node.Reporting;
import dev.latchkey.examples.wire.WireLog;
import dev.latchkey.orchestrator.cli.CliCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code latchkey attack}. */
@Command(
        name = "attack",
        description = {
            "Attacks a live cluster on this machine, in five JVMs: an orchestrator, two providers, a caller with honest traffic,"
                    + " and an attacker that joined the cluster. Some attacks use a legitimate service that oversteps.",
            "Exits with 0 when every attack was refused as expected, no handler was reached, no secret was read, no honest"
                    + " request was lost, and the victims' heaps stayed flat under floods."
        },
        footer = {
            "",
            "Examples:",
            "  latchkey attack",
            "  latchkey attack --list",
            "  latchkey attack --only replay --json"
        })
public final class AttackCommand implements CliCommand {
    private static final String POLICY = "attack-policy.yaml";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Reporting reporting;

    @Option(names = "--list", description = "Only list the attacks.")
    private boolean list;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "Only the attacks of a family, or whose name contains this.")
    private @Nullable String only;

    /** For the service loader. */
    public AttackCommand() {}

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        reporting.check();
        PrintWriter out = reporting.out(spec);
        try (NodeFolder folder = NodeFolder.create(AttackCommand.class, POLICY)) {
            return list ? list(folder, out) : run(folder, out);
        }
    }

    private int list(NodeFolder folder, PrintWriter out) throws IOException {
        selected(folder).forEach(selected -> out.println(selected.line()));
        return 0;
    }

    private int run(NodeFolder folder, PrintWriter out) throws IOException {
        requireSome(folder);
        AttackTable table = new AttackTable(out);
        table.head();
        try {
            return conclude(new AttackRun(folder, only, table::row).run(), table);
        } catch (NodeException e) {
            return Reporting.giveUp(spec, folder, e);
        }
    }

    private void requireSome(NodeFolder folder) throws IOException {
        if (selected(folder).isEmpty()) {
            throw new IllegalArgumentException("--only: no attack's name contains '" + only + "'; see --list");
        }
    }

    /** An empty cluster will do to name them. */
    private List<Selected> selected(NodeFolder folder) throws IOException {
        WireLog wire = new WireLog(List.of());
        try (NodeCluster none = new NodeCluster(AttackNode.class, folder.path(), folder.path(), wire)) {
            return Selected.from(new Field(none, Forge.open(folder.path()), "", ""), only);
        }
    }

    private int conclude(AttackReport seen, AttackTable table) throws IOException {
        table.totals(seen);
        return reporting.conclude(spec, seen.toJson(), seen.failings());
    }
}
