// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The token that an operator shows to the admin API (RFC 6750, 2.1): a JWT in a file. */
final class AdminToken {
    private static final int MAX_LENGTH = 8192;
    private static final Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private AdminToken() {}

    /**
     * Reads a file's token. What it is not never shows in the failure.
     *
     * @throws IllegalArgumentException naming file, problem and fix
     */
    static String read(Path file) throws IOException {
        String text = text(file).strip();
        if (!JWT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "--token-file: " + file + " holds no token; make one by 'latchkey admin-token issue'");
        }
        return text;
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_LENGTH + 1), StandardCharsets.ISO_8859_1);
        }
    }
}
