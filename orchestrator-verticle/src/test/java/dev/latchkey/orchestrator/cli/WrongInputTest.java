// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong most often ends in one line that names it. */
final class WrongInputTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private TestDomain domain;

    @SuppressWarnings("NullAway.Init")
    private Home home;

    private final Console console = new Console();

    @BeforeEach
    void init() throws IOException {
        domain = TestDomain.in(folder);
        home = domain.home();
    }

    private int orchestrator() {
        return console.run("orchestrator", "--config", home.orchestrator());
    }

    @Test
    void orchestrator_portInUse_isOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(domain.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(orchestrator()).isEqualTo(1);
            assertThat(console.errLines())
                    .containsExactly("latchkey: a port of 127.0.0.1 is in use (cluster.port " + taken.getLocalPort()
                            + ", cluster.eventBusPort 0); stop what listens there, or choose another");
        }
    }

    @Test
    void orchestrator_eventBusPortInUse_isOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(
                    home.orchestrator(),
                    Files.readString(home.orchestrator()) + "  eventBusPort: " + taken.getLocalPort() + "\n");
            assertThat(orchestrator()).isEqualTo(1);
            assertThat(console.errLines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("is in use", "" + taken.getLocalPort());
        }
    }

    @Test
    void orchestrator_wrongPassword_isOneLine() throws IOException {
        Files.writeString(home.password(), "wrong\n");
        assertThat(orchestrator()).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: keystore " + home.orchestratorKeystore()
                        + " does not open: wrong password; check the password file that 'latchkey init' wrote");
    }

    @Test
    void orchestrator_missingKeystore_isOneLine() throws IOException {
        Files.delete(home.orchestratorKeystore());
        assertThat(orchestrator()).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: keystore " + home.orchestratorKeystore()
                        + " does not exist; make it by 'latchkey init'");
    }

    @Test
    void orchestrator_policyWithTypo_isOneLine() throws IOException {
        domain.replace(home.policy(), "provides:", "provids:");
        assertThat(orchestrator()).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly(home.policy()
                        + ":13: services.greeter.provids: unknown key 'provids'; did you mean 'provides'?");
    }

    @Test
    void orchestrator_corruptObservations_isOneLine() throws IOException {
        Path seen = Files.writeString(home.dir().resolve("seen.json"), "{");
        Files.writeString(home.orchestrator(), "observations: seen.json\n" + Files.readString(home.orchestrator()));
        assertThat(orchestrator()).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly(
                        "latchkey: " + seen + " is no file of observations: it is no JSON object; name another,"
                                + " or move it away and begin a new one");
    }

    @Test
    void orchestrator_missingConfig_namesInit() {
        assertThat(console.run("orchestrator", "--config", "none/orchestrator.yaml"))
                .isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: none/orchestrator.yaml does not exist; make it by 'latchkey init', or name"
                        + " another by --config");
    }

    @Test
    void run_noOrchestrator_endsInBoundedTimeWithOneLine() throws IOException {
        Path credential = domain.issue("greeter");
        long begin = System.nanoTime();
        int exitCode = console.run(
                "run",
                Greeter.class.getName(),
                "--service",
                "greeter",
                "--trust",
                home.trust(),
                "--credential",
                credential,
                "--cluster",
                domain.node(),
                "--config",
                domain.impatient());
        assertThat(exitCode).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly(
                        "latchkey: no orchestrator of trust domain example.latchkey answered; start one in this"
                                + " cluster, or check the cluster's name and members");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    }
}
