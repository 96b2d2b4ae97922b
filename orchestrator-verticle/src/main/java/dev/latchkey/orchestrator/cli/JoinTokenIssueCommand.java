// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.orchestrator.credential.JoinToken;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code latchkey join-token issue}: signs a credential that works once. */
@Command(
        name = "issue",
        description = "Sign a credential by which one instance of a service registers, once.",
        footer = {
            "",
            "Used up by the first instance that registers with it, so a copy that leaks later is of no use.",
            "",
            "Examples:",
            "  latchkey join-token issue --service greeter --ttl 10m --out greeter.join"
        })
final class JoinTokenIssueCommand extends IssueCommand {
    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = TtlConverter.class,
            description = "How long it is valid, such as 90s or 10m, 1h at most. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Duration ttl;

    @Override
    String what() {
        return "join token";
    }

    @Override
    Duration ttl() {
        return ttl;
    }

    @Override
    String sign(SigningKey key, String issuer, String trustDomain, String service) {
        return JoinToken.issue(key, issuer, trustDomain, service, Clock.systemUTC(), ttl);
    }
}
