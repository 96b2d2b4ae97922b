// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.TrustBundle;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysCommandTest {
    @TempDir
    private Path folder;

    private Home home;

    @BeforeEach
    void init() {
        home = new Home(folder.resolve("home"));
        assertThat(new Console().run("init", "--dir", home.dir())).isZero();
    }

    private JsonObject rotate(String step) {
        Console console = new Console();
        assertThat(console.run("keys", "rotate", step, "--dir", home.dir(), "--json"))
                .as(console.err())
                .isZero();
        return new JsonObject(console.out());
    }

    private TrustBundle trust() {
        return TrustBundle.load(home.trust());
    }

    @Test
    void rotate_publishesTheNextKeyFirst_thenSignsWithIt_thenDropsTheOldOne() {
        TrustBundle before = trust();
        JsonObject prepared = rotate("prepare");
        assertThat(trust().tokenKeys()).hasSize(2).startsWith(before.tokenKeys().get(0));
        JsonObject activated = rotate("activate");
        assertThat(trust().tokenKeys()).hasSize(2).endsWith(before.tokenKeys().get(0));
        assertThat(activated.getString("signs"))
                .isEqualTo(prepared.getJsonArray("alsoTrusted").getString(0));
        assertThat(activated.getJsonArray("alsoTrusted")).containsExactly(prepared.getString("signs"));
        rotate("finish");
        assertThat(trust().tokenKeys()).hasSize(1).doesNotContainAnyElementsOf(before.tokenKeys());
        assertThat(trust().registrationKey()).isEqualTo(before.registrationKey());
        rotate("prepare");
    }

    @Test
    void rotate_stepOutOfTurn_isRefused_andChangesNothing() throws IOException {
        byte[] before = Files.readAllBytes(home.orchestratorKeystore());
        Console console = new Console();
        assertThat(console.run("keys", "rotate", "activate", "--dir", home.dir()))
                .isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: the step 'activate' is not the next one of this keystore; take 'prepare'");
        assertThat(Files.readAllBytes(home.orchestratorKeystore())).isEqualTo(before);
        rotate("prepare");
        assertThat(new Console().run("keys", "rotate", "finish", "--dir", home.dir()))
                .isEqualTo(1);
    }

    @Test
    void rotate_unknownStep_isAskedAbout() {
        Console console = new Console();
        assertThat(console.run("keys", "rotate", "prepair", "--dir", home.dir()))
                .isEqualTo(2);
        assertThat(console.err()).contains("did you mean 'prepare'?");
    }

    @Test
    void rotate_tellsWhatToDoNext() {
        Console console = new Console();
        assertThat(console.run("keys", "rotate", "prepare", "--dir", home.dir()))
                .isZero();
        assertThat(console.out()).contains("roll " + home.trust() + " out to all instances");
    }

    @Test
    void seal_andTrust_ofAnEncryptedFile() throws IOException {
        rotate("prepare");
        Path passphrase = Files.writeString(home.dir().resolve("passphrase"), "0123456789abcdef");
        Path keys = home.dir().resolve("orchestrator.keys");
        assertThat(new Console()
                        .run("keys", "seal", "--dir", home.dir(), "--passphrase-file", passphrase, "--out", keys))
                .isZero();
        Files.delete(home.orchestratorKeystore());
        Files.writeString(
                home.orchestrator(),
                Files.readString(home.orchestrator())
                                .replace("keystore: orchestrator.p12\nkeystorePasswordFile: keystore.password\n", "")
                        + "custody: {kind: encrypted-file, keysFile: orchestrator.keys, passphraseFile: passphrase}\n");
        Console told = new Console();
        assertThat(told.run("keys", "trust", "--config", home.orchestrator()))
                .as(told.err())
                .isZero();
        assertThat(TrustBundle.fromJson(new JsonObject(told.out()))).isEqualTo(trust());
        Path out = home.dir().resolve("trust-2.json");
        assertThat(new Console().run("keys", "trust", "--config", home.orchestrator(), "--out", out))
                .isZero();
        assertThat(TrustBundle.load(out)).isEqualTo(trust());
    }
}
