// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.cli.doctor.Doctor;
import dev.latchkey.orchestrator.cli.doctor.Finding;
import dev.latchkey.orchestrator.cli.doctor.Level;
import dev.latchkey.orchestrator.cli.remote.AdminClient;
import dev.latchkey.orchestrator.cli.remote.UnreachableException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code latchkey doctor}: looks at a machine before something runs on it. */
@Command(
        name = "doctor",
        description = "Look for what would keep an orchestrator or a service from running well on this machine.",
        footer = {
            "",
            "Looks at clock, JDK and its flags, entropy, file descriptors; and, by the settings: keystore, its permissions,"
                    + " policy, ports, names and the cluster. Changes nothing. Ends with 1 if anything fails.",
            "",
            "Examples:",
            "  latchkey doctor",
            "  latchkey doctor --config /etc/latchkey/orchestrator.yaml",
            "  latchkey doctor --cluster node.yaml --url https://orchestrator.example:9080 --json"
        })
final class DoctorCommand implements CliCommand {
    private static final int RED = 31;
    private static final int GREEN = 32;
    private static final int YELLOW = 33;
    private static final Path STANDARD = Path.of(Home.FOLDER, "orchestrator.yaml");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private AdminConnection admin;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Printing printing;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "An orchestrator's settings. Default: " + Home.FOLDER + "/orchestrator.yaml, if it is there")
    private @Nullable Path config;

    @Option(names = "--cluster", paramLabel = "FILE", description = "The settings of a service's node, instead.")
    private @Nullable Path cluster;

    @Override
    public Integer call() throws IOException {
        List<Finding> findings = look();
        JsonArray told = new JsonArray(findings.stream().map(Finding::toJson).toList());
        printing.tell(new JsonObject().put(Items.NAME, told), out -> findings.forEach(finding -> print(finding, out)));
        return findings.stream().anyMatch(finding -> finding.level() == Level.FAIL) ? 1 : 0;
    }

    private List<Finding> look() throws IOException {
        try (Progress progress = Progress.of(spec.commandLine().getErr(), "looking")) {
            return doctor().look();
        }
    }

    private Doctor doctor() throws IOException {
        AdminClient client = admin.client();
        Doctor doctor = new Doctor().machine().clock(() -> date(client), settingsFiles());
        if (cluster != null) {
            ClusterSection section = NodeFile.load(cluster).cluster();
            return doctor.cluster(section.settings(), false, section.namesPort());
        }
        Optional<Path> file = config();
        return file.isEmpty() ? doctor : orchestrator(doctor, OrchestratorFile.load(file.get()));
    }

    private List<Path> settingsFiles() {
        return cluster != null ? List.of(cluster) : config().stream().toList();
    }

    private Optional<Path> config() {
        return config != null ? Optional.of(config) : Optional.of(STANDARD).filter(Files::exists);
    }

    private static Doctor orchestrator(Doctor doctor, OrchestratorFile settings) {
        doctor.loads("settings and keystore", () -> load(settings));
        Stream.of("keystore", "keystorePasswordFile")
                .flatMap(member -> settings.fileOf(member).stream())
                .forEach(doctor::secret);
        return doctor.cluster(settings.cluster(), true, true);
    }

    /** With all that it names: keystore and its password, policy, deployers. */
    private static void load(OrchestratorFile settings) {
        settings.options().getKeys().close();
    }

    /** Any answer has a date, a refusal too. Whoever runs no orchestrator yet gets none. */
    private static Optional<String> date(AdminClient client) {
        try {
            return client.date("/health/live");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (UnreachableException e) {
            return Optional.empty();
        }
    }

    private void print(Finding finding, PrintWriter out) {
        out.println(printing.coloured(colour(finding.level()), String.format("%-4s", finding.level())) + "  "
                + finding.check() + ": " + finding.seen());
        if (!finding.fix().isEmpty()) {
            out.println("      fix: " + finding.fix());
        }
    }

    private static int colour(Level level) {
        return switch (level) {
            case OK -> GREEN;
            case WARN -> YELLOW;
            case FAIL -> RED;
        };
    }
}
