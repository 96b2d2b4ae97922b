// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import picocli.CommandLine.Command;

/** {@code latchkey credential}. */
@Command(
        name = "credential",
        description = "Credentials, by which instances prove their service.",
        subcommands = CredentialIssueCommand.class)
final class CredentialCommand {}
