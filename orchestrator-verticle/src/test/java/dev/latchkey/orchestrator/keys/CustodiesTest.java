// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each setting of 'custody' is read, and a wrong one named. */
class CustodiesTest {
    @TempDir
    private Path folder;

    private JsonObject keystore() throws Exception {
        char[] password = KeystorePassword.create(folder.resolve("password"));
        OrchestratorKeystore.create(folder.resolve("orchestrator.p12"), password)
                .close();
        return new JsonObject()
                .put("keystore", folder.resolve("orchestrator.p12").toString())
                .put("keystorePasswordFile", folder.resolve("password").toString());
    }

    @Test
    void withoutCustody_keysAreInTheKeystore() throws Exception {
        try (OrchestratorKeys keys = Custodies.load(keystore())) {
            assertThat(keys.published()).isEmpty();
            keys.signing().privateKey().close();
        }
    }

    @Test
    void encryptedFile_needsNoKeystore() throws Exception {
        Path passphrase = Files.writeString(folder.resolve("passphrase"), "0123456789abcdef");
        OrchestratorKeys keys =
                new OrchestratorKeys(SigningKey.generate(), HpkeKeyPair.generate(), SecretBytes.random(32));
        EncryptedKeysFile.write(folder.resolve("keys"), passphrase, keys);
        JsonObject custody = new JsonObject()
                .put("kind", "encrypted-file")
                .put("keysFile", folder.resolve("keys").toString())
                .put("passphraseFile", passphrase.toString());
        assertThat(Custodies.load(new JsonObject().put("custody", custody)).trustBundle("t"))
                .isEqualTo(keys.trustBundle("t"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|custody.kind is missing",
                "{\"kind\": \"pkcs12\"}|custody.kind: there is no 'pkcs12'; did you mean 'pkcs11'?",
                "{\"kind\": \"vault\"}|custody.kind: there is no 'vault'; write one of pkcs11, encrypted-file",
                "{\"kind\": \"encrypted-file\"}|custody.passphraseFile is missing",
                "{\"kind\": \"encrypted-file\", \"keyFile\": \"k\"}|custody.keyFile is unknown; did you mean 'keysFile'?",
                "{\"kind\": \"pkcs11\", \"pinfile\": \"k\"}|custody.pinfile is unknown; did you mean 'pinFile'?",
                "{\"kind\": \"pkcs11\"}|custody.libraryFile is missing",
                "{\"kind\": \"pkcs11\", \"libraryFile\": \"l\"}|custody.token is missing",
                "{\"kind\": \"pkcs11\", \"libraryFile\": \"l\", \"token\": \"t\"}|custody.key is missing",
                "{\"kind\": \"pkcs11\", \"libraryFile\": \"l\", \"token\": \"t\", \"key\": \"k\"}|custody.pinFile is missing",
            })
    void wrongSetting_isNamed(String custody, String problem) throws Exception {
        JsonObject options = keystore().put("custody", new JsonObject(custody));
        assertThatThrownBy(() -> Custodies.load(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(problem);
    }

    @Test
    void alsoTrusted_thatIsNoList_isNamed() throws Exception {
        JsonObject custody = new JsonObject()
                .put("kind", "pkcs11")
                .put("libraryFile", "l")
                .put("token", "t")
                .put("key", "k")
                .put("pinFile", "p");
        for (Object wrong : new Object[] {"signing-2", new JsonArray().add(1)}) {
            JsonObject options = keystoreOnce().put("custody", custody.copy().put("alsoTrusted", wrong));
            assertThatThrownBy(() -> Custodies.load(options)).hasMessageStartingWith("custody.alsoTrusted is no list");
        }
    }

    private JsonObject keystoreOnce() throws Exception {
        return Files.exists(folder.resolve("password"))
                ? new JsonObject()
                        .put("keystore", folder.resolve("orchestrator.p12").toString())
                        .put("keystorePasswordFile", folder.resolve("password").toString())
                : keystore();
    }

    @Test
    void custody_thatIsNoSection_isNamed() {
        assertThatThrownBy(() -> Custodies.load(new JsonObject().put("custody", "pkcs11")))
                .hasMessageContaining("'custody' is no section");
    }
}
