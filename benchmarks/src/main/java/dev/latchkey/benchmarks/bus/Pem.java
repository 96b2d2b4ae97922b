// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.orchestrator.keys.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;

/** Writes textual encodings of keys and certificates (RFC 7468). */
final class Pem {
    private Pem() {}

    /** A file that only its owner may read. */
    static void write(Path file, String label, byte[] encoded) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(encoded);
        PrivateFiles.write(file, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
    }
}
