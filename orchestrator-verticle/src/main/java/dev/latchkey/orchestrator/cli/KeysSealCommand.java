// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.keys.EncryptedKeysFile;
import dev.latchkey.orchestrator.keys.KeystorePassword;
import dev.latchkey.orchestrator.keys.OrchestratorKeys;
import dev.latchkey.orchestrator.keys.OrchestratorKeystore;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code latchkey keys seal}: writes the keystore's keys to a file that a passphrase opens. */
@Command(
        name = "seal",
        description = "Write the keystore's keys to an encrypted file, for 'custody: {kind: encrypted-file}'.",
        footer = {"", "Examples:", "  latchkey keys seal --passphrase-file keys.passphrase --out orchestrator.keys"})
final class KeysSealCommand implements CliCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = Home.FOLDER,
            description = "Where orchestrator.p12 is. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Path dir;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            required = true,
            description = "The passphrase, 16 characters at least; make it by 'openssl rand -base64 32'.")
    @SuppressWarnings("NullAway.Init")
    private Path passphrase;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "The file to write; it must not exist.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        Home home = new Home(dir).requirePresent();
        char[] password = KeystorePassword.read(home.password());
        try (OrchestratorKeys keys = OrchestratorKeystore.load(home.orchestratorKeystore(), password)) {
            EncryptedKeysFile.write(out, passphrase, keys);
        }
        spec.commandLine().getOut().println("wrote " + out);
        return 0;
    }
}
