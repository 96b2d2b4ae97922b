// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static java.util.Objects.requireNonNull;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What fuzz tests share: a bound on what a parser allocates, and inputs for builds without a fuzzer. */
public final class Fuzzing {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long FREE_BYTES = 2 << 20;
    private static final long BYTES_PER_BYTE = 64;
    private static final int ATTEMPTS = 5;
    private static final int MUTANTS = 400;
    private static final int[] ODD_NUMBERS = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30, 1 << 24};

    private Fuzzing() {}

    /** What is to hold for all inputs. */
    @FunctionalInterface
    public interface Property {
        void check(byte[] input) throws Exception;
    }

    /** Checks a property on a fuzz test's seeds and on mutants of them, the same ones in every build. */
    public static void checkSeeds(Class<?> test, Property property) throws Exception {
        List<byte[]> seeds = seeds(test);
        property.check(new byte[0]);
        for (byte[] seed : seeds) {
            property.check(seed);
        }
        Random random = new Random(1);
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = seeds.get(i % seeds.size()).clone();
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                mutant = edited(mutant, random);
            }
            property.check(mutant);
        }
    }

    private static List<byte[]> seeds(Class<?> test) throws IOException, URISyntaxException {
        String folder = test.getSimpleName() + "Inputs";
        try (Stream<Path> files = Files.walk(
                Path.of(requireNonNull(test.getResource(folder), folder).toURI()))) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(Fuzzing::content)
                    .toList();
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] edited(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length + 1);
        int rest = bytes.length - at;
        return switch (random.nextInt(4)) {
            case 0 -> joined(bytes, at, new byte[] {(byte) random.nextInt()}, Math.min(1, rest));
            case 1 -> joined(bytes, at, new byte[0], random.nextInt(Math.min(rest, 8) + 1));
            case 2 -> joined(bytes, at, number(random), Math.min(Integer.BYTES, rest));
            default -> joined(bytes, at, bytes.clone(), 0);
        };
    }

    private static byte[] number(Random random) {
        int number = ODD_NUMBERS[random.nextInt(ODD_NUMBERS.length)];
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private static byte[] joined(byte[] bytes, int at, byte[] inserted, int without) {
        return ByteBuffer.allocate(bytes.length + inserted.length - without)
                .put(bytes, 0, at)
                .put(inserted)
                .put(bytes, at + without, bytes.length - at - without)
                .array();
    }

    /** Runs a parser; fails when it allocates much more than its input is long. */
    public static void checkAllocation(byte[] input, Property parser) throws Exception {
        long limit = FREE_BYTES + BYTES_PER_BYTE * input.length;
        long least = allocated(input, parser);
        // Once more where it was too much: classes may have been loaded, or the JVM's own count may have leapt.
        for (int i = 1; i < ATTEMPTS && least > limit; i++) {
            least = Math.min(least, allocated(input, parser));
        }
        if (least > limit) {
            throw new AssertionError(input.length + " bytes of input made it allocate " + least);
        }
    }

    private static long allocated(byte[] input, Property parser) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        parser.check(input);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
