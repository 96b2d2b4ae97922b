// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Whether a file with a secret in it is its owner's alone. */
final class SecretFile {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private SecretFile() {}

    static Finding look(Path file) {
        String name = "permissions of " + file.getFileName();
        if (!Files.isReadable(file)) {
            return Finding.fail(name, file + " cannot be read", "correct the path or the owner");
        }
        try {
            return judge(name, file, Files.getPosixFilePermissions(file));
        } catch (IOException | UnsupportedOperationException e) {
            return Finding.warn(
                    name, "cannot be told on this system", "let nobody but the orchestrator's user read it");
        }
    }

    private static Finding judge(String name, Path file, Set<PosixFilePermission> permissions) {
        String seen = PosixFilePermissions.toString(permissions);
        return permissions.stream().anyMatch(OTHERS::contains)
                ? Finding.fail(name, seen + ": others than its owner may read or write " + file, "chmod 600 " + file)
                : Finding.ok(name, seen);
    }
}
