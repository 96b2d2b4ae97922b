// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks;

import dev.latchkey.eventbus.crypto.KeySchedule;
import dev.latchkey.eventbus.crypto.OperationKeys;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.Registration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the key schedule costs; a caller pays it once for a token, not for a message. */
@State(Scope.Thread)
public class DeriveBenchmark {
    private static final String OPERATION = "process_image";
    private static final long TIMESTAMP = 1_800_000_000_000L;

    private final SecretBytes seed = SecretBytes.random(Registration.SEED_LENGTH);
    private final OperationKeys keys = derive(seed);

    /** Erases seed and keys. */
    @TearDown
    public void tearDown() {
        keys.close();
        seed.close();
    }

    /** From the seed to an operation's keys, by way of the call seed. */
    @Benchmark
    public OperationKeys operationKeys() {
        return derive(seed);
    }

    private static OperationKeys derive(SecretBytes seed) {
        try (SecretBytes callSeed = KeySchedule.callSeed(seed, OPERATION, TIMESTAMP)) {
            return KeySchedule.derive(callSeed, OPERATION, TIMESTAMP);
        }
    }

    /** From an operation's keys to the one that seals requests. */
    @Benchmark
    public SecretBytes requestKey() {
        return keys.requestKey();
    }
}
