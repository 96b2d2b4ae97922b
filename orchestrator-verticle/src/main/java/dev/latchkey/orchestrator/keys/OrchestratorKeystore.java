// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.crypto.VerifyingKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;

/** The file with a trust domain's three secrets. */
public final class OrchestratorKeystore {
    private static final String SIGNING = "signing";
    private static final String NEXT = "signing-next";
    private static final String PREVIOUS = "signing-previous";
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
            return new OrchestratorKeys(
                    SigningKey.of(signing), HpkeKeyPair.of(registration), store.secret(STATE), published(file, store));
        }
    }

    private static List<VerifyingKey> published(Path file, Pkcs12 store) {
        List<VerifyingKey> published = new ArrayList<>();
        try {
            for (String alias : List.of(NEXT, PREVIOUS)) {
                if (store.has(alias)) {
                    published.add(VerifyingKey.of(store.publicEd25519(alias)));
                }
            }
            return published;
        } catch (GeneralSecurityException e) {
            throw new KeystoreException("keystore " + file + ": the other signing keys cannot be read", e);
        }
    }

    /**
     * Takes one step of a rotation of the signing key, and writes the file anew.
     *
     * @return the keys as they are afterwards
     * @throws IllegalArgumentException when the step is not the next one, naming that
     * @throws KeystoreException when the file cannot be used
     */
    public static OrchestratorKeys rotate(Path file, char[] password, RotationStep step)
            throws GeneralSecurityException, IOException {
        Pkcs12 store = Pkcs12.open(file, password);
        requireNext(store, step);
        switch (step) {
            case PREPARE -> prepare(store);
            case ACTIVATE -> activate(store);
            case FINISH -> store.remove(PREVIOUS);
        }
        store.replace();
        return load(file, password);
    }

    private static void requireNext(Pkcs12 store, RotationStep step) throws GeneralSecurityException {
        RotationStep next = store.has(NEXT)
                ? RotationStep.ACTIVATE
                : store.has(PREVIOUS) ? RotationStep.FINISH : RotationStep.PREPARE;
        if (step != next) {
            throw new IllegalArgumentException(
                    "the step '" + step.text() + "' is not the next one of this keystore; take '" + next.text() + "'");
        }
    }

    private static void prepare(Pkcs12 store) throws GeneralSecurityException {
        KeyPair next = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        store.putPair(NEXT, next, Certificates.issue("latchkey signing", next.getPublic(), next));
    }

    /** The private key that signed until now is of no use any more, but to who steals it. */
    private static void activate(Pkcs12 store) throws GeneralSecurityException {
        store.keepCertificate(SIGNING, PREVIOUS);
        store.rename(NEXT, SIGNING);
    }
}
