// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The files that {@code latchkey init} copies, from beside this class. */
final class Resource {
    private Resource() {}

    /** The text of one. */
    static String text(String name) throws IOException {
        try (InputStream in = Resource.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is missing in Latchkey's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
