// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.audit.AuditProblem;
import dev.latchkey.orchestrator.audit.AuditReport;
import dev.latchkey.orchestrator.audit.AuditTrust;
import dev.latchkey.orchestrator.audit.AuditVerifier;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code latchkey audit verify}: checks a log offline, and names the place where it was changed. */
@Command(
        name = "verify",
        description = {
            "Check an audit log: every line, the chain, and the orchestrators' signatures. Needs no orchestrator.",
            "A log whose end was cut off at a line is whole as far as it goes: keep the last record that this command tells"
                    + " elsewhere, and name it by --head the next time."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the log is whole",
            "1:it could not be checked",
            "2:wrong arguments",
            "3:no orchestrator's admin API was reached: never of this command",
            "4:it was changed, or is cut; the first place is told"
        },
        footer = {
            "",
            "Examples:",
            "  latchkey audit verify .latchkey/audit --trust .latchkey/trust.json",
            "  latchkey audit verify .latchkey/audit --trust .latchkey/trust.json --json"
        })
final class AuditVerifyCommand implements CliCommand {
    static final int CHANGED = 4;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The folder of the log: audit.folder of orchestrator.yaml.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            required = true,
            description =
                    "A trust bundle, or a file with public keys. Give it again for each key that was in use earlier.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> trust;

    @Option(
            names = "--head",
            paramLabel = "NUMBER:HASH",
            description = "A record that must be there, as an earlier check told its last one.")
    private @Nullable String head;

    @Option(names = "--json", description = "Tell the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        AuditReport report = new AuditVerifier(folder, AuditTrust.load(trust), head).verify();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(report).encode());
        } else {
            tell(report, out);
        }
        return report.problem().isPresent() ? CHANGED : 0;
    }

    private static void tell(AuditReport report, PrintWriter out) {
        report.problem().ifPresent(problem -> out.println("CHANGED: " + problem));
        out.println((report.problem().isPresent() ? "whole before it: " : "OK: ") + report.records() + " records in "
                + report.files() + " files, the last one of " + report.time());
        out.println(
                "covered by a checkpoint up to record " + report.covered() + "; not covered: " + report.uncovered());
        if (!report.adopted().isEmpty()) {
            out.println("covered only after a crash: records " + report.adopted());
        }
        out.println("last record, for --head: " + report.head());
    }

    private static JsonObject json(AuditReport report) {
        JsonObject json = new JsonObject()
                .put("whole", report.problem().isEmpty())
                .put("log", report.log())
                .put("files", report.files())
                .put("records", report.records())
                .put("last", report.last())
                .put("time", report.time())
                .put("head", report.head())
                .put("covered", report.covered())
                .put("uncovered", report.uncovered())
                .put(
                        "coveredAfterCrash",
                        new JsonArray(report.adopted().stream()
                                .map(AuditReport.Adopted::toString)
                                .toList()));
        report.problem().ifPresent(problem -> json.put("problem", json(problem)));
        return json;
    }

    private static JsonObject json(AuditProblem problem) {
        return new JsonObject()
                .put("file", problem.file())
                .put("line", problem.line())
                .put("text", problem.text());
    }
}
