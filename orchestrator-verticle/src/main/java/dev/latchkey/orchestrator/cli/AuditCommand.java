// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import picocli.CommandLine.Command;

/** {@code latchkey audit}. */
@Command(name = "audit", description = "Audit logs of orchestrators.", subcommands = AuditVerifyCommand.class)
final class AuditCommand {}
