// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The file with the keystores' password. */
public final class KeystorePassword {
    private static final int ENTROPY_BYTES = 32;

    private KeystorePassword() {}

    /**
     * Makes a random password and writes it.
     *
     * @throws IOException when the file exists or cannot be written
     */
    public static char[] create(Path file) throws IOException {
        byte[] random = new byte[ENTROPY_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        PrivateFiles.write(file, password + "\n");
        return password.toCharArray();
    }

    /**
     * Reads the password.
     *
     * @throws IllegalArgumentException naming file, problem and fix
     */
    public static char[] read(Path file) {
        try {
            return Files.readString(file).trim().toCharArray();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "keystore password file " + file + " cannot be read; 'latchkey init' writes one", e);
        }
    }
}
