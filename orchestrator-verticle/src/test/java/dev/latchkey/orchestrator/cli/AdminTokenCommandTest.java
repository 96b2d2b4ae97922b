// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.orchestrator.cluster.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Admin tokens on the command line, and the settings of the admin API. */
final class AdminTokenCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Home home;

    private final Console console = new Console();

    @BeforeEach
    void init() throws IOException {
        home = TestDomain.in(folder).home();
    }

    private int issue(Object... more) {
        Object[] arguments = new Object[4 + more.length];
        System.arraycopy(new Object[] {"admin-token", "issue", "--dir", home.dir()}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return console.run(arguments);
    }

    private void configure(String section) throws IOException {
        Files.writeString(home.orchestrator(), Files.readString(home.orchestrator()) + section);
    }

    private String refused(String section) throws IOException {
        configure(section);
        assertThat(console.run("orchestrator", "--config", home.orchestrator())).isEqualTo(1);
        return String.join("\n", console.errLines());
    }

    @Test
    void token_issued_isTakenByTheOrchestratorOfTheseSettings() throws Exception {
        int port = FreePort.on("127.0.0.1");
        configure("\nadmin: {port: " + port + ", issuer: corp, audience: ops, rolesClaim: groups}\n");
        assertThat(issue("--role", "operator", "--subject", "tess")).isZero();
        String token = console.out().trim();
        try (Running orchestrator = Running.start("orchestrator", "--config", home.orchestrator())) {
            assertThat(orchestrator.out()).contains("admin API and console at http://127.0.0.1:" + port + "/console/");
            assertThat(status(port, token)).isEqualTo(200);
            assertThat(status(port, token + "x")).isEqualTo(401);
        }
    }

    private static int status(int port, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/services"))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    }

    @Test
    void issue_toFile_isItsOwnersAlone() throws IOException {
        Path file = folder.resolve("admin.jwt");
        assertThat(issue("--role", "admin", "--subject", "tess", "--out", file)).isZero();
        assertThat(console.out()).startsWith("wrote " + file + ": admin token of tess (admin), valid until ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void issue_forAnUnknownRole_getsAGuess() {
        assertThat(issue("--role", "operater")).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: --role: there is no role 'operater'; did you mean 'operator'?");
    }

    @Test
    void issue_forMoreThanADay_isOneLine() {
        assertThat(issue("--ttl", "25h")).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: an admin token lives for 24 hours at most; give less");
    }

    @Test
    void orchestrator_settingOfAdminMisspelt_getsAGuess() throws IOException {
        assertThat(refused("\nadmin: {prot: 1}\n")).isEqualTo("latchkey: admin.prot is unknown; did you mean 'port'?");
    }

    @Test
    void orchestrator_sectionMisspeltOrNone_isOneLine() throws IOException {
        assertThat(refused("\nadmn: {port: 1}\n")).contains("unknown setting 'admn'; did you mean 'admin'?");
    }

    @Test
    void orchestrator_adminThatIsNoSection_isOneLine() throws IOException {
        assertThat(refused("\nadmin: yes\n")).contains("'admin' is no section");
    }

    @Test
    void orchestrator_tlsKeystoreMissing_isLookedForBesideTheSettings() throws IOException {
        assertThat(refused("\nadmin: {tlsKeystoreFile: tls.p12}\n"))
                .contains("admin.tlsKeystoreFile names " + home.dir().resolve("tls.p12") + ", which cannot be read");
    }
}
