// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import picocli.CommandLine.Command;

/** {@code latchkey join-token}. */
@Command(
        name = "join-token",
        description = "Join tokens: credentials that work once, for one instance.",
        subcommands = JoinTokenIssueCommand.class)
final class JoinTokenCommand {}
