// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** The file with a trust domain's three secrets. */
public final class OrchestratorKeystore {
    private static final String SIGNING = "signing";
    private static final String REGISTRATION = "registration";
    private static final String STATE = "state";
    private static final int STATE_KEY_LENGTH = 32;

    private OrchestratorKeystore() {}

    /**
     * Makes fresh keys and writes them.
     *
     * @throws IOException when the file exists or cannot be written
     */
    public static OrchestratorKeys create(Path file, char[] password) throws GeneralSecurityException, IOException {
        KeyPair signing = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyPair registration = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        Pkcs12 store = Pkcs12.create(file, password);
        store.putPair(SIGNING, signing, Certificates.issue("latchkey signing", signing.getPublic(), signing));
        store.putPair(
                REGISTRATION,
                registration,
                Certificates.issue("latchkey registration", registration.getPublic(), signing));
        try (SecretBytes state = SecretBytes.random(STATE_KEY_LENGTH)) {
            store.putSecret(STATE, state);
        }
        store.write();
        return load(file, password);
    }

    /**
     * Reads the keys.
     *
     * @throws KeystoreException in one line that names file, problem and fix
     */
    public static OrchestratorKeys load(Path file, char[] password) {
        Pkcs12 store = Pkcs12.open(file, password);
        try (SecretBytes signing = store.ed25519(SIGNING);
                SecretBytes registration = store.x25519(REGISTRATION)) {
            return new OrchestratorKeys(SigningKey.of(signing), HpkeKeyPair.of(registration), store.secret(STATE));
        }
    }
}
