// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that hold secrets: made for their owner alone, before the first byte is in them. */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /** Makes an empty file; fails when there is one. */
    public static void create(Path file) throws IOException {
        Files.createFile(file, attributes());
    }

    /** Makes a file with this content; fails when there is one. */
    public static void write(Path file, String content) throws IOException {
        create(file);
        Files.writeString(file, content);
    }

    private static FileAttribute<?>[] attributes() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }
}
