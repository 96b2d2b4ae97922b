// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pictures of a folder, and what was wrong with the rest. One bad file never hides the others.
 *
 * @param images by name
 * @param problems by name
 */
public record ImageFolder(List<ImageFile> images, List<ImageProblem> problems) {

    /** All pictures of a folder are held in memory, so together they are bounded too. */
    public static final long MAX_TOTAL_BYTES = 256L * 1024 * 1024;

    /** Takes copies. */
    public ImageFolder {
        images = List.copyOf(images);
        problems = List.copyOf(problems);
    }

    /**
     * Reads the files {@code *.png}, {@code *.jpg} and {@code *.jpeg} of a folder, without its sub-folders.
     *
     * @param folder the folder
     * @return pictures by their magic bytes (whether they decode is for {@link ImageAnalyzer} to say), and problems
     * @throws IOException if the folder itself cannot be listed
     */
    public static ImageFolder read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        Collector collector = new Collector();
        candidates(folder).forEach(collector::take);
        return new ImageFolder(collector.images, collector.problems);
    }

    private static List<Path> candidates(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(ImageFolder::isNamedAsImage).sorted().toList();
        }
    }

    private static boolean isNamedAsImage(Path file) {
        String name = name(file).toLowerCase(Locale.ROOT);
        return Stream.of(".png", ".jpg", ".jpeg").anyMatch(name::endsWith);
    }

    /** A name may hold anything but a slash; terminals obey control characters, so those do not get through. */
    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replaceAll("\\p{Cntrl}", "?");
    }

    /** Goes through the files, one at a time. */
    private static final class Collector {

        private final List<ImageFile> images = new ArrayList<>();
        private final List<ImageProblem> problems = new ArrayList<>();
        private long total;

        void take(Path file) {
            if (Files.isRegularFile(file)) {
                read(file);
            } else {
                problems.add(new ImageProblem(name(file), "not a regular file"));
            }
        }

        private void read(Path file) {
            try {
                sort(name(file), bytes(file));
            } catch (IOException e) {
                problems.add(new ImageProblem(name(file), "cannot be read"));
            }
        }

        /** Asks for one byte too many, so that a file which grows meanwhile is noticed and still bounded. */
        private byte[] bytes(Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes(ImageAnalyzer.MAX_ENCODED_BYTES + 1);
            }
        }

        private void sort(String name, byte[] bytes) {
            Optional<String> problem = problem(bytes);
            problem.ifPresentOrElse(reason -> problems.add(new ImageProblem(name, reason)), () -> keep(name, bytes));
        }

        private Optional<String> problem(byte[] bytes) {
            return Stream.of(
                            reasonIf(bytes.length == 0, "empty"),
                            reasonIf(bytes.length > ImageAnalyzer.MAX_ENCODED_BYTES, "larger than 16 MiB"),
                            reasonIf(ImageFormat.detect(bytes).isEmpty(), "neither JPEG nor PNG"),
                            reasonIf(total + bytes.length > MAX_TOTAL_BYTES, "left out: the folder exceeds 256 MiB"))
                    .flatMap(Optional::stream)
                    .findFirst();
        }

        private void keep(String name, byte[] bytes) {
            total += bytes.length;
            images.add(new ImageFile(name, bytes));
        }

        private static Optional<String> reasonIf(boolean wrong, String reason) {
            return wrong ? Optional.of(reason) : Optional.empty();
        }
    }
}
