// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.orchestrator.credential.DeployerJwt;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code latchkey credential issue}: signs a service's credential with the deployer's key. */
@Command(
        name = "issue",
        description = "Sign a credential for a service that the policy knows.",
        footer = {
            "",
            "Whoever has it can register as the service until it ends, so make it short-lived, and write it where only the"
                    + " service can read it. No orchestrator is asked.",
            "",
            "Examples:",
            "  latchkey credential issue --service greeter --out .latchkey/greeter.jwt",
            "  latchkey credential issue --service greeter --ttl 8h --out /run/secrets/greeter.jwt"
        })
final class CredentialIssueCommand extends IssueCommand {
    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            defaultValue = "1h",
            converter = TtlConverter.class,
            description = "How long it is valid, such as 30m, 1h or 7d. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Duration ttl;

    @Override
    String what() {
        return "credential";
    }

    @Override
    Duration ttl() {
        return ttl;
    }

    @Override
    String sign(SigningKey key, String issuer, String trustDomain, String service) {
        return DeployerJwt.issue(key, issuer, trustDomain, service, Clock.systemUTC(), ttl);
    }
}
