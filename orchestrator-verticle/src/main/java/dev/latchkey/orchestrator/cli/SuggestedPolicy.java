// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.policy.PolicyException;
import dev.latchkey.orchestrator.policy.PolicyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The text of a suggested policy, on its way to a file. */
final class SuggestedPolicy {
    private static final int MAX_BYTES = 1 << 20;

    private SuggestedPolicy() {}

    /** Makes sure that an orchestrator would take it. */
    static void check(String text) throws IOException {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("the suggestion is larger than a policy may be, which is 1 MiB; write"
                    + " operations with patterns for most of the addresses into a policy, and give it by --policy");
        }
        Path file = Files.createTempFile("latchkey-policy", ".yaml");
        try {
            Files.writeString(file, text);
            PolicyFile.load(file);
        } catch (PolicyException e) {
            throw new IllegalStateException(
                    "the suggestion is no policy: " + e.problems().get(0), e);
        } finally {
            Files.delete(file);
        }
    }

    /** Writes it; an existing file is replaced only by force. */
    static void write(Path file, String text, boolean force) throws IOException {
        try {
            Files.writeString(file, text, StandardOpenOption.WRITE, StandardOpenOption.CREATE, existing(force));
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException(
                    "--out: " + file + " exists already; add --force to replace it, or choose another path", e);
        }
    }

    private static OpenOption existing(boolean force) {
        return force ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.CREATE_NEW;
    }
}
