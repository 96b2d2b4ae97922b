// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.PolicyException;
import dev.latchkey.orchestrator.policy.PolicyFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code latchkey policy check}: says what is wrong with a policy, as an orchestrator would. */
@Command(
        name = "check",
        description = "Tell every problem of a policy file, or that there is none.",
        footer = {
            "",
            "Each problem is a line with file, line, key, what is wrong and how to mend it, as an orchestrator would say it.",
            "",
            "Examples:",
            "  latchkey policy check .latchkey/policy.yaml",
            "  latchkey policy check policy-new.yaml --json"
        })
final class PolicyCheckCommand implements CliCommand {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Printing printing;

    @Parameters(paramLabel = "FILE", description = "The policy.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Override
    public Integer call() {
        try {
            tell(PolicyFile.load(file));
            return 0;
        } catch (PolicyException e) {
            if (!printing.isJson()) {
                throw e;
            }
            printing.tell(problems(e), nobody -> {});
            return 1;
        }
    }

    private void tell(Policy policy) {
        int operations = policy.operations().size();
        int services = policy.services().size();
        JsonObject told = new JsonObject()
                .put("ok", true)
                .put("trustDomain", policy.trustDomain())
                .put("operations", operations)
                .put("services", services);
        printing.tell(
                told,
                out -> out.println("OK: " + file + ": " + policy.trustDomain() + ", " + operations + " operations, "
                        + services + " services"));
    }

    private static JsonObject problems(PolicyException refused) {
        return new JsonObject().put("ok", false).put("problems", new JsonArray(refused.problems()));
    }
}
