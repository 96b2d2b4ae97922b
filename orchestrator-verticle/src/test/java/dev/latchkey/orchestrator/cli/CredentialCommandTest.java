// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.orchestrator.credential.Deployer;
import dev.latchkey.orchestrator.credential.DeployerJwt;
import dev.latchkey.orchestrator.credential.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialCommandTest {
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
        System.arraycopy(new Object[] {"credential", "issue", "--dir", home.dir()}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return console.run(arguments);
    }

    @Test
    void issue_toStandardOutput_isAcceptedForItsTime() throws Exception {
        assertThat(issue("--service", "greeter", "--ttl", "10m")).isZero();
        String credential = console.out().trim();
        assertThat(verify(credential, Duration.ZERO))
                .extracting(Identity::service)
                .isEqualTo("greeter");
        assertThat(verify(credential, Duration.ofMinutes(9)))
                .extracting(Identity::service)
                .isEqualTo("greeter");
        assertThat(verify(credential, Duration.ofMinutes(11))).isNull();
    }

    private Identity verify(String credential, Duration later) throws Exception {
        Clock clock = Clock.offset(Clock.systemUTC(), later);
        Deployer deployer = Deployer.load(home.deployers());
        return new DeployerJwt(deployer, "example.latchkey", clock)
                .verify(credential)
                .otherwiseEmpty()
                .result();
    }

    @Test
    void issue_toFile_isItsOwnersAlone() throws IOException {
        Path file = folder.resolve("greeter.jwt");
        assertThat(issue("--service", "greeter", "--out", file)).isZero();
        assertThat(console.out()).startsWith("wrote " + file + ": credential of greeter, valid until ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void issue_toFileOfOlderCredential_replacesIt() throws IOException {
        Path file = folder.resolve("greeter.jwt");
        issue("--service", "greeter", "--ttl", "1h", "--out", file);
        String older = Files.readString(file);
        assertThat(issue("--service", "greeter", "--ttl", "2h", "--out", file)).isZero();
        assertThat(Files.readString(file)).isNotEqualTo(older);
        assertThat(folder).isDirectoryNotContaining("glob:**/.greeter*");
    }

    @Test
    void issue_toFileOfSomethingElse_isRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "my notes");
        assertThat(issue("--service", "greeter", "--out", file)).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: --out: " + file + " exists and is no credential; choose another file");
        assertThat(file).hasContent("my notes");
    }

    @Test
    void issue_toFolderThatIsMissing_isOneLine() {
        Path file = folder.resolve("none/greeter.jwt");
        assertThat(issue("--service", "greeter", "--out", file)).isEqualTo(1);
        assertThat(console.errLines()).hasSize(1).first().asString().contains("none", "does not exist");
    }

    @Test
    void issue_misspeltService_getsAGuess() {
        assertThat(issue("--service", "greter")).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: --service: policy does not know 'greter'; did you mean 'greeter'?");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void issue_unknownService_getsTheList() {
        assertThat(issue("--service", "billing")).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: --service: policy does not know 'billing'; it knows greeter, visitor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "h", "0s", "-1h", "99999999999999h", "4000d", "1 h"})
    void issue_wrongTtl_isUsageError(String ttl) {
        assertThat(issue("--service", "greeter", "--ttl", ttl)).isEqualTo(2);
        assertThat(console.errLines())
                .hasSize(1)
                .allMatch(line -> line.startsWith("latchkey: Invalid value for option '--ttl': "));
    }

    @Test
    void issue_wrongPassword_isOneLine() throws IOException {
        Files.writeString(home.password(), "wrong");
        assertThat(issue("--service", "greeter")).isEqualTo(1);
        assertThat(console.errLines()).hasSize(1).first().asString().contains("deployer.p12", "wrong password");
    }

    @Test
    void issue_folderMissing_namesInit() {
        assertThat(console.run("credential", "issue", "--service", "greeter", "--dir", folder.resolve("none")))
                .isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: folder " + folder.resolve("none")
                        + " does not exist; make it by 'latchkey init', or name another by --dir");
    }
}
