// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether random numbers can be had at once: every seed and every key is made of them. */
final class EntropyCheck {
    private static final String NAME = "entropy";
    private static final int LEAST_BITS = 128;
    private static final int BYTES = 32;
    private static final String FIX =
            "install rng-tools or haveged, or give the virtual machine a random number device";

    private final Path pool;
    private final Duration patience;
    private final SecureRandom random;

    EntropyCheck(Path pool, Duration patience, SecureRandom random) {
        this.pool = pool;
        this.patience = patience;
        this.random = random;
    }

    static EntropyCheck ofThisMachine() {
        return new EntropyCheck(
                Path.of("/proc/sys/kernel/random/entropy_avail"), Duration.ofSeconds(5), new SecureRandom());
    }

    Finding look() throws InterruptedException {
        if (!isRandomAtOnce()) {
            return Finding.fail(NAME, "32 random bytes took more than " + patience.toSeconds() + " s", FIX);
        }
        return bits().filter(bits -> bits < LEAST_BITS)
                .map(bits -> Finding.warn(NAME, "the kernel has " + bits + " bits", FIX))
                .orElseGet(() -> Finding.ok(NAME, "random bytes by " + random.getAlgorithm() + " at once"));
    }

    private boolean isRandomAtOnce() throws InterruptedException {
        CompletableFuture<Void> drawn = new CompletableFuture<>();
        Thread thread = new Thread(() -> draw(drawn), "latchkey-entropy");
        thread.setDaemon(true);
        thread.start();
        try {
            drawn.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    private void draw(CompletableFuture<Void> drawn) {
        random.nextBytes(new byte[BYTES]);
        drawn.complete(null);
    }

    /** What Linux has; other systems do not tell. */
    private Optional<Integer> bits() {
        try {
            return Optional.of(Integer.valueOf(Files.readString(pool).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
