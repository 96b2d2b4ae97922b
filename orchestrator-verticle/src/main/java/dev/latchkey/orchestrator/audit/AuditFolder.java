// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of one log, and the names in it. Blocks. */
final class AuditFolder {
    private static final Pattern NAME = Pattern.compile("audit-([0-9]{8})\\.jsonl");
    private static final String LOCK = "lock";

    private final Path path;

    AuditFolder(Path path) {
        this.path = path;
    }

    /** What a file is opened by that must not be there. */
    static Set<OpenOption> privately() {
        return Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Its owner alone may read or write it, where the system can tell. */
    static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    Path path() {
        return path;
    }

    static String name(int number) {
        return "audit-%08d.jsonl".formatted(number);
    }

    Path file(int number) {
        return path.resolve(name(number));
    }

    /** Makes the folder, but none above it: a path with a typing error must not make a tree. */
    void make() throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectory(path);
        }
    }

    /** The files that are there, by number. */
    SortedMap<Integer, Path> files() throws IOException {
        SortedMap<Integer, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(path)) {
            all.forEach(file -> {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    files.put(Integer.parseInt(name.group(1)), file);
                }
            });
        }
        return files;
    }

    /** Keeps any other orchestrator from writing here for as long as the channel is open. */
    FileChannel lock() throws IOException {
        FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Another orchestrator of this JVM; told below.
        }
        channel.close();
        throw new IOException("another orchestrator writes there; give each a folder of its own");
    }
}
