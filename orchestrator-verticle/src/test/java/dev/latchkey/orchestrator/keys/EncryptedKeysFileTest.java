// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedKeysFileTest {
    private final SigningKey next = SigningKey.generate();
    private final OrchestratorKeys keys = new OrchestratorKeys(
            SigningKey.generate(), HpkeKeyPair.generate(), SecretBytes.random(32), List.of(next.verifyingKey()));

    @TempDir
    private Path folder;

    private Path passphrase;
    private Path file;

    @BeforeEach
    void write() throws IOException, GeneralSecurityException {
        passphrase = Files.writeString(folder.resolve("passphrase"), "correct horse battery staple\n");
        file = folder.resolve("orchestrator.keys");
        EncryptedKeysFile.write(file, passphrase, keys);
    }

    @Test
    void keys_comeBackAsTheyWere() {
        try (OrchestratorKeys back = EncryptedKeysFile.load(file, passphrase)) {
            assertThat(back.trustBundle("t")).isEqualTo(keys.trustBundle("t"));
            assertThat(back.state().sameAs(keys.state())).isTrue();
            assertThat(back.signing().privateKey().sameAs(keys.signing().privateKey()))
                    .isTrue();
        }
    }

    @Test
    void file_isItsOwnersAlone_andHoldsNoKeyInTheClear() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String bytes = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        String state = new String(keys.state().copy(), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(bytes).startsWith("LATCHKEY-KEYS\n").doesNotContain(state);
    }

    @Test
    void existingFile_isNotWrittenOver() {
        assertThatThrownBy(() -> EncryptedKeysFile.write(file, passphrase, keys))
                .isInstanceOf(IOException.class);
    }

    @Test
    void otherPassphrase_doesNotOpenIt() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "correct horse battery stable");
        assertThatThrownBy(() -> EncryptedKeysFile.load(file, other))
                .isInstanceOf(KeystoreException.class)
                .hasMessageContaining("does not open")
                .hasMessageNotContaining("stable");
    }

    @Test
    void shortPassphrase_isRefused() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "password");
        assertThatThrownBy(() -> EncryptedKeysFile.write(folder.resolve("new"), other, keys))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fewer than 16 characters")
                .hasMessageNotContaining("password ");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    /** Header, salt, nonce, content and tag: whatever is changed, nothing comes out. Costs are refused before they are paid. */
    @Test
    void change_ofEachPart_isRefused() throws IOException {
        byte[] good = Files.readAllBytes(file);
        for (int at : new int[] {0, 13, 14, 16, 17, 18, 33, 34, 45, 46, 100, good.length - 1}) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            assertRefused(bad);
        }
        byte[] dear = good.clone();
        dear[15] = 30;
        assertRefused(dear);
        byte[] cheap = good.clone();
        cheap[15] = 1;
        assertRefused(cheap);
        for (int length : new int[] {0, 14, 46, 47, good.length - 1}) {
            assertRefused(Arrays.copyOf(good, length));
        }
    }

    private void assertRefused(byte[] bytes) throws IOException {
        Path bad = Files.write(folder.resolve("bad"), bytes);
        assertThatThrownBy(() -> EncryptedKeysFile.load(bad, passphrase)).isInstanceOf(KeystoreException.class);
    }

    @Test
    void missingFile_isNamed() {
        assertThatThrownBy(() -> EncryptedKeysFile.load(folder.resolve("none"), passphrase))
                .isInstanceOf(KeystoreException.class)
                .hasMessageContaining("none cannot be read; make it by 'latchkey keys seal'");
    }
}
