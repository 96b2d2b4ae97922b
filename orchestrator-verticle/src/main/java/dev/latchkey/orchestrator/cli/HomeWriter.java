// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.orchestrator.credential.Deployer;
import dev.latchkey.orchestrator.keys.DeployerKeystore;
import dev.latchkey.orchestrator.keys.KeystorePassword;
import dev.latchkey.orchestrator.keys.OrchestratorKeys;
import dev.latchkey.orchestrator.keys.OrchestratorKeystore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;

/** Fills a home: fresh keys, and files that fit them. */
final class HomeWriter {
    private static final String ISSUER = "deployer";

    private final Home home;
    private final char[] password;

    private HomeWriter(Home home, char[] password) {
        this.home = home;
        this.password = password;
    }

    /** Writes all of its files; none may exist. */
    static void write(Home home, InitialPolicy policy) throws IOException, GeneralSecurityException {
        Files.createDirectories(home.dir());
        char[] password = KeystorePassword.create(home.password());
        try {
            new HomeWriter(home, password).write(policy);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private void write(InitialPolicy policy) throws IOException, GeneralSecurityException {
        writeOrchestratorKeys(policy.trustDomain());
        writeDeployerKey();
        writeNew(home.policy(), policy.text());
        writeNew(home.orchestrator(), Resource.text("orchestrator.yaml"));
    }

    private void writeOrchestratorKeys(String trustDomain) throws IOException, GeneralSecurityException {
        try (OrchestratorKeys keys = OrchestratorKeystore.create(home.orchestratorKeystore(), password)) {
            writeNew(home.trust(), keys.trustBundle(trustDomain).toJson().encodePrettily() + "\n");
        }
    }

    private void writeDeployerKey() throws IOException, GeneralSecurityException {
        try (SigningKey key = DeployerKeystore.create(home.deployerKeystore(), password)) {
            Deployer deployer = new Deployer(ISSUER, List.of(key.verifyingKey()));
            writeNew(home.deployers(), deployer.toJson().encodePrettily() + "\n");
        }
    }

    private static void writeNew(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
}
