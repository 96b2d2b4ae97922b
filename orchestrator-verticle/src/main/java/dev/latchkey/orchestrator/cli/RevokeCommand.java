// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.policy.Durations;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code latchkey revoke}. */
@Command(
        name = "revoke",
        description = "Revoke an instance, or all instances of a service: their tokens are refused at once.",
        footer = {
            "",
            "The operations that they provided get new keys. A revoked instance cannot renew, but whoever holds its"
                    + " service's credential can register anew: if that may be stolen, revoke the service.",
            "",
            "Examples:",
            "  latchkey revoke --instance 9f86d081884c7d65",
            "  latchkey revoke --service visitor --for 15m",
            "  latchkey revoke --service visitor --for 1h --yes --json"
        })
final class RevokeCommand implements CliCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private AdminConnection admin;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Printing printing;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Confirmation confirmation;

    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Who who;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long no instance of the service may register, such as 15m or 2h.")
    private @Nullable String time;

    /** Either of both. */
    private static final class Who {
        @Option(names = "--instance", paramLabel = "ID", description = "As 'latchkey instances' shows it.")
        private @Nullable String instance;

        @Option(names = "--service", paramLabel = "NAME", description = "All instances of it.")
        private @Nullable String service;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireTime();
        if (!confirmation.of("Revoke " + what() + "?")) {
            spec.commandLine().getErr().println("latchkey: nothing was revoked");
            return 1;
        }
        JsonObject answer = admin.ask(client -> client.post(path(), body()));
        printing.tell(answer, out -> out.println("revoked " + what() + Admin.notice(answer)));
        return 0;
    }

    private void requireTime() {
        if ((who.service == null) != (time == null)) {
            throw new ParameterException(spec.commandLine(), "--for goes with --service, which needs it; see below");
        }
        if (time != null) {
            requireDuration(time);
        }
    }

    private void requireDuration(String text) {
        try {
            Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--for: " + e.getMessage(), e);
        }
    }

    private String what() {
        return who.service == null
                ? "instance " + who.instance
                : "all instances of service " + who.service + " for " + time;
    }

    private String path() {
        return who.service == null
                ? "instances/" + Admin.segment(String.valueOf(who.instance)) + "/revoke"
                : "services/" + Admin.segment(who.service) + "/revoke";
    }

    private JsonObject body() {
        return time == null ? new JsonObject() : new JsonObject().put("for", time);
    }
}
