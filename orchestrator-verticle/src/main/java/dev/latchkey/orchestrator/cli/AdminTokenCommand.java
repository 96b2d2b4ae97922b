// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import picocli.CommandLine.Command;

/** {@code latchkey admin-token}: what operators show to the admin API. */
@Command(
        name = "admin-token",
        description = "Make tokens for the admin API.",
        subcommands = AdminTokenIssueCommand.class)
final class AdminTokenCommand {}
