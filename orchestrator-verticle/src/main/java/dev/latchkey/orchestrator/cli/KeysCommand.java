// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import picocli.CommandLine.Command;

/** {@code latchkey keys}. */
@Command(
        name = "keys",
        description = "The orchestrators' own keys.",
        subcommands = {KeysRotateCommand.class, KeysSealCommand.class, KeysTrustCommand.class})
final class KeysCommand {}
