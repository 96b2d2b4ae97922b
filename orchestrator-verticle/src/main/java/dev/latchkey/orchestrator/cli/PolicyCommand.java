// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import picocli.CommandLine.Command;

/** {@code latchkey policy}. */
@Command(
        name = "policy",
        description = "Policy files.",
        subcommands = {
            PolicyCheckCommand.class,
            PolicyDiffCommand.class,
            PolicyExplainCommand.class,
            PolicyReloadCommand.class,
            PolicySuggestCommand.class
        })
final class PolicyCommand {}
