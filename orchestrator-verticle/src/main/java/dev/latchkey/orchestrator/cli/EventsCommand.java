// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.cli.remote.AdminClient;
import dev.latchkey.orchestrator.cli.remote.AdminEvent;
import dev.latchkey.orchestrator.cli.remote.Printable;
import dev.latchkey.orchestrator.cli.remote.UnreachableException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code latchkey events}: follows what happens, until it is told to stop. */
@Command(
        name = "events",
        description = "Follow what happens at an orchestrator, one line for each event, until Ctrl-C.",
        footer = {
            "",
            "When the orchestrator goes away, it is asked anew every few seconds, for what came after the last event.",
            "",
            "Examples:",
            "  latchkey events",
            "  latchkey events --only alarm --only quarantine",
            "  latchkey events --json --count 10"
        })
final class EventsCommand implements CliCommand {
    private static final long PAUSE_MILLIS = 2_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private AdminConnection admin;

    @Option(names = "--json", description = "Print each event as a JSON object in a line of its own, for programs.")
    private boolean json;

    @Option(names = "--only", paramLabel = "NAME", description = "Only events of this name. May be repeated.")
    private Set<String> only = new HashSet<>();

    @Option(names = "--count", paramLabel = "N", description = "End after so many events. Default: never.")
    private long count = Long.MAX_VALUE;

    private long told;
    private String last = "";

    @Override
    @SuppressWarnings("InterruptedExceptionSwallowed")
    public Integer call() throws IOException {
        AdminClient client = admin.client();
        try {
            follow(client);
        } catch (InterruptedException e) {
            // The signal to stop, after which all is well.
        }
        return 0;
    }

    /** One that was never reached is a mistake in the address; one that was, will be back. */
    private void follow(AdminClient client) throws InterruptedException {
        client.events(last, this::take);
        while (told < count) {
            Thread.sleep(PAUSE_MILLIS);
            again(client);
        }
    }

    private void again(AdminClient client) throws InterruptedException {
        try {
            client.events(last, this::take);
        } catch (UnreachableException e) {
            spec.commandLine().getErr().println("latchkey: " + e.getMessage() + "; trying again");
        }
    }

    private boolean take(AdminEvent event) {
        last = event.id();
        if (only.isEmpty() || only.contains(event.name())) {
            told++;
            spec.commandLine().getOut().println(json ? line(event).encode() : inWords(event));
            spec.commandLine().getOut().flush();
        }
        return told < count;
    }

    private static JsonObject line(AdminEvent event) {
        return new JsonObject().put("id", event.id()).put("event", event.name()).put("data", parsed(event.data()));
    }

    private static Object parsed(String data) {
        try {
            return Json.decodeValue(data);
        } catch (DecodeException e) {
            return data;
        }
    }

    private static String inWords(AdminEvent event) {
        return Printable.of(event.name() + "  " + event.data());
    }
}
