// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** The file with a deployer's key, which signs credentials. It belongs to whoever deploys, not to the orchestrators. */
public final class DeployerKeystore {
    private static final String DEPLOYER = "deployer";

    private DeployerKeystore() {}

    /**
     * Makes a fresh key and writes it.
     *
     * @throws IOException when the file exists or cannot be written
     */
    public static SigningKey create(Path file, char[] password) throws GeneralSecurityException, IOException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Pkcs12 store = Pkcs12.create(file, password);
        store.putPair(DEPLOYER, pair, Certificates.issue("latchkey deployer", pair.getPublic(), pair));
        store.write();
        return load(file, password);
    }

    /**
     * Reads the key.
     *
     * @throws KeystoreException in one line that names file, problem and fix
     */
    public static SigningKey load(Path file, char[] password) {
        try (SecretBytes key = Pkcs12.open(file, password).ed25519(DEPLOYER)) {
            return SigningKey.of(key);
        }
    }
}
