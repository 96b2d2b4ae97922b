// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.orchestrator.OrchestratorOptions;
import dev.latchkey.orchestrator.policy.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InitCommandTest {
    private static final Path DEMO_POLICY = Path.of("..", "conf", "policy.yaml");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Console console = new Console();

    @Test
    void init_freshFolder_writesWhatAnOrchestratorLoads() throws IOException {
        Home home = new Home(folder.resolve("a/b"));
        assertThat(console.run("init", "--dir", home.dir())).isZero();
        assertThat(console.out())
                .contains(home.files().stream().map(Path::toString).toList());
        OrchestratorOptions options = OrchestratorFile.load(home.orchestrator()).options();
        assertThat(options.getPolicy().trustDomain()).isEqualTo("example.latchkey");
        assertThat(TrustBundle.load(home.trust())).isEqualTo(options.getKeys().trustBundle("example.latchkey"));
    }

    @Test
    void init_secrets_areTheirOwnersAlone() throws IOException {
        Home home = new Home(folder);
        assertThat(console.run("init", "--dir", folder)).isZero();
        for (Path secret : List.of(home.orchestratorKeystore(), home.deployerKeystore(), home.password())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void init_twice_hasOtherPasswords() throws IOException {
        Home one = new Home(folder.resolve("one"));
        Home two = new Home(folder.resolve("two"));
        console.run("init", "--dir", one.dir());
        console.run("init", "--dir", two.dir());
        assertThat(Files.readString(one.password()).trim()).hasSize(43);
        assertThat(Files.readString(one.password())).isNotEqualTo(Files.readString(two.password()));
    }

    @Test
    void init_trustDomain_isInPolicyAndBundle() {
        Home home = new Home(folder);
        assertThat(console.run("init", "--dir", folder, "--trust-domain", "shop.example"))
                .isZero();
        assertThat(PolicyFile.load(home.policy()).trustDomain()).isEqualTo("shop.example");
        assertThat(TrustBundle.load(home.trust()).trustDomain()).isEqualTo("shop.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop", "", "a b", "'a'", "a #b", "x\nversion: 2", "[a]"})
    void init_wrongTrustDomain_writesNothing(String name) {
        assertThat(console.run("init", "--dir", folder.resolve("new"), "--trust-domain", name))
                .isEqualTo(1);
        assertThat(console.errLines()).hasSize(1).allMatch(line -> line.startsWith("latchkey: --trust-domain: "));
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orchestrator.p12", "trust.json", "orchestrator.yaml"})
    void init_oneFileExists_isNamedAndNothingWritten(String name) throws IOException {
        Path old = Files.writeString(folder.resolve(name), "mine");
        assertThat(console.run("init", "--dir", folder)).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: " + old
                        + " exists already; name another folder by --dir, or move the old files away");
        assertThat(folder).isDirectoryContaining(old::equals).isDirectoryNotContaining(file -> !old.equals(file));
        assertThat(old).hasContent("mine");
    }

    @Test
    void init_policyGiven_isCopied() {
        assertThat(console.run("init", "--dir", folder, "--policy", DEMO_POLICY))
                .isZero();
        assertThat(new Home(folder).policy()).hasSameTextualContentAs(DEMO_POLICY);
        assertThat(TrustBundle.load(new Home(folder).trust()).trustDomain()).isEqualTo("demo.latchkey");
    }

    @Test
    void init_policyOfAnotherTrustDomain_isRefused() {
        assertThat(console.run("init", "--dir", folder, "--policy", DEMO_POLICY, "--trust-domain", "shop.example"))
                .isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: --trust-domain shop.example: " + DEMO_POLICY
                        + " is for demo.latchkey; leave the option out or change the file");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void init_policyWithTypos_tellsEachAndWritesNothing() throws IOException {
        Path policy = Files.writeString(folder.resolve("mine.yaml"), "version: 1\ntrustDomian: a.b\nservces: {}\n");
        assertThat(console.run("init", "--dir", folder.resolve("new"), "--policy", policy))
                .isEqualTo(1);
        assertThat(console.errLines()).hasSizeGreaterThan(1).allMatch(line -> line.startsWith(policy.toString()));
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void init_folderIsAFile_isOneLine() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(console.run("init", "--dir", file)).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: " + file + " exists already; remove it or choose another path");
    }
}
