// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Join tokens on the command line, and the settings of a cluster's tokens. */
final class JoinTokenCommandTest {
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
        Object[] arguments = new Object[6 + more.length];
        Object[] first = {"join-token", "issue", "--dir", home.dir(), "--service", "greeter"};
        System.arraycopy(first, 0, arguments, 0, 6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return console.run(arguments);
    }

    @Test
    void issue_twice_givesTwoTokens() {
        assertThat(issue()).isZero();
        assertThat(issue()).isZero();
        assertThat(console.out().lines().distinct()).hasSize(2).allMatch(token -> token.startsWith("lkj1.ey"));
    }

    @Test
    void issue_toFile_isItsOwnersAloneAndReplaceable() throws IOException {
        Path file = folder.resolve("greeter.join");
        assertThat(issue("--out", file)).isZero();
        assertThat(issue("--out", file)).isZero();
        assertThat(console.out()).startsWith("wrote " + file + ": join token of greeter, valid until ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void issue_forMoreThanAnHour_isOneLine() {
        assertThat(issue("--ttl", "61m")).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: a join token lives for one hour at most; give less, or issue a credential");
    }

    @Test
    void run_joinTokenForSeveralInstancesOrBesideACredential_isOneLine() {
        assertThat(console.run("run", "X", "--service", "greeter", "--join-token", "t", "--instances", "2"))
                .isEqualTo(1);
        assertThat(console.run("run", "X", "--service", "greeter", "--join-token", "t", "--credential", "c"))
                .isEqualTo(1);
        assertThat(console.errLines()).hasSize(2).allMatch(line -> line.startsWith("latchkey: --join-token"));
    }

    private String refused(String section) throws IOException {
        Files.writeString(home.orchestrator(), Files.readString(home.orchestrator()) + section);
        assertThat(console.run("orchestrator", "--config", home.orchestrator())).isEqualTo(1);
        return String.join("\n", console.errLines());
    }

    @Test
    void orchestrator_settingOfKubernetesMisspelt_getsAGuess() throws IOException {
        assertThat(refused("\nkubernetes: {isuer: x}\n"))
                .isEqualTo("latchkey: kubernetes.isuer is unknown; did you mean 'issuer'?");
    }

    @Test
    void orchestrator_sectionMisspelt_getsAGuess() throws IOException {
        assertThat(refused("\nkubernets: {issuer: x}\n")).contains("did you mean 'kubernetes'?");
    }

    @Test
    void orchestrator_serviceThatPolicyDoesNotKnow_getsAGuess() throws IOException {
        assertThat(refused("\nkubernetes: {issuer: 'https://a.example', audience: a, services: {a/b: greter}}\n"))
                .contains("kubernetes.services.a/b: policy does not know 'greter'; did you mean 'greeter'?");
    }

    @Test
    void orchestrator_caFileMissing_isLookedForBesideTheSettings() throws IOException {
        assertThat(refused("\nkubernetes: {issuer: 'https://a.example', audience: a, services: {a/b: greeter},"
                        + " caFile: ca.pem}\n"))
                .contains("kubernetes.caFile names " + home.dir().resolve("ca.pem") + ", which cannot be read");
    }
}
