// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.orchestrator.observe.Traffic;
import dev.latchkey.orchestrator.observe.TrafficFile;
import dev.latchkey.orchestrator.policy.PolicyOutline;
import dev.latchkey.orchestrator.suggest.Suggestion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code latchkey policy suggest}: makes a policy of what orchestrators observed. */
@Command(
        name = "suggest",
        description = "Make a policy that allows the plaintext messages which orchestrators observed.",
        footer = {
            "",
            "Orchestrators observe where policy says 'defaults.unlisted: observe' or 'mode: observe', and write what they"
                    + " saw to the file of their setting 'observations'. Read the suggestion before you apply it: it"
                    + " allows what happened.",
            "",
            "Examples:",
            "  latchkey policy suggest --observations observations.json --policy policy.yaml --out policy-new.yaml",
            "  latchkey policy suggest --observations observations.json --trust-domain shop.example --mode permissive"
        })
final class PolicySuggestCommand implements CliCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--observations",
            paramLabel = "FILE",
            required = true,
            description = "What an orchestrator observed. Repeat it for each orchestrator")
    @SuppressWarnings("NullAway.Init")
    private List<Path> observations;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The policy to build upon: all that it says stays, except for comments. Default: none")
    private @Nullable Path policy;

    @Option(
            names = "--trust-domain",
            paramLabel = "NAME",
            description = "Such as shop.example. Required without --policy")
    private @Nullable String trustDomain;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "observe",
            converter = ModeConverter.class,
            description = "The mode of suggested operations: off, observe, permissive or strict. Default:"
                    + " ${DEFAULT-VALUE}, which changes nothing when the suggestion is applied")
    @SuppressWarnings("NullAway.Init")
    private Mode mode;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write it. Default: standard output")
    private @Nullable Path out;

    @Option(names = "--force", description = "Replace the file of --out if it exists.")
    private boolean force;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Printing printing;

    @Override
    public Integer call() throws IOException {
        Suggestion suggestion = Suggestion.of(base(), traffic(), mode);
        SuggestedPolicy.check(suggestion.text());
        if (out != null) {
            SuggestedPolicy.write(out, suggestion.text(), force);
        }
        printing.tell(json(suggestion), console -> console.print(inWords(suggestion)));
        if (!printing.isJson()) {
            suggestion.warnings().forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
        }
        return 0;
    }

    private static JsonObject json(Suggestion suggestion) {
        return new JsonObject()
                .put("operations", suggestion.operations())
                .put("services", suggestion.services())
                .put("policy", suggestion.text())
                .put("warnings", new JsonArray(suggestion.warnings()));
    }

    private String inWords(Suggestion suggestion) {
        return out == null
                ? suggestion.text()
                : "wrote " + out + ": " + suggestion.operations() + " operations, " + suggestion.services()
                        + " services" + System.lineSeparator();
    }

    private PolicyOutline base() {
        if (policy != null) {
            return sameTrustDomain(policy, PolicyOutline.load(policy));
        }
        if (trustDomain == null) {
            throw new ParameterException(
                    spec.commandLine(), "--trust-domain is missing; name one, or a policy to build upon by --policy");
        }
        return observing(trustDomain);
    }

    private PolicyOutline sameTrustDomain(Path file, PolicyOutline base) {
        if (trustDomain != null && !trustDomain.equals(base.trustDomain())) {
            throw new IllegalArgumentException("--trust-domain " + trustDomain + ": " + file + " is for "
                    + base.trustDomain() + "; leave the option out or change the file");
        }
        return base;
    }

    private static PolicyOutline observing(String trustDomain) {
        try {
            return PolicyOutline.observing(trustDomain);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--trust-domain: " + e.getMessage(), e);
        }
    }

    /** Each orchestrator counts apart: no message is told to two. */
    private Traffic traffic() throws IOException {
        Traffic traffic = new Traffic(Integer.MAX_VALUE);
        for (Path file : observations) {
            new TrafficFile(file).readInto(traffic);
        }
        return traffic;
    }
}
