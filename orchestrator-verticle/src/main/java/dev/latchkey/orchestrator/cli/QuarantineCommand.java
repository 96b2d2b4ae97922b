// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import picocli.CommandLine.Command;

/** {@code latchkey quarantine}. */
@Command(
        name = "quarantine",
        description = "Who was caught in violations, and is kept out for a time.",
        subcommands = {QuarantineListCommand.class, QuarantineLiftCommand.class})
final class QuarantineCommand {}
