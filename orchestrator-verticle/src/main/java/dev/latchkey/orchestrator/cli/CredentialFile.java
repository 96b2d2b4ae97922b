// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.keys.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.regex.Pattern;

/** Writes a credential for its owner alone. */
final class CredentialFile {
    private static final Pattern JWT = Pattern.compile("(lkj1\\.)?[\\w-]+\\.[\\w-]+\\.[\\w-]+\\s*");

    private CredentialFile() {}

    /** Writes it whole or not at all: an instance may read the file while its credential is renewed. */
    static void write(Path file, String credential) throws IOException {
        requireReplaceable(file);
        Path fresh = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            PrivateFiles.write(fresh, credential + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** An older credential may be replaced; anything else is not what was meant. */
    private static void requireReplaceable(Path file) throws IOException {
        if (Files.exists(file) && !JWT.matcher(Files.readString(file)).matches()) {
            throw new IllegalArgumentException("--out: " + file + " exists and is no credential; choose another file");
        }
    }
}
