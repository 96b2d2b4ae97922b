// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cluster;

import java.util.Properties;

/**
 * The JVM's common pool, on which Hazelcast goes on with what was asked of a map.
 *
 * <p>On one or two processors it has one thread, and then Hazelcast, as {@link java.util.concurrent.CompletableFuture} does, starts a new
 * thread for each answer instead: a third of an orchestrator's time for a registration.
 */
public final class CommonPool {
    static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";

    private static final String TWO = "2";
    private static final int MOST_PROCESSORS = 2;

    private CommonPool() {}

    /**
     * Gives it two threads where it would have one and nobody has set how many. To be called by {@code main}, before anything else: it is of
     * no effect once anything has used the pool.
     */
    public static void widen() {
        widen(Runtime.getRuntime().availableProcessors(), System.getProperties());
    }

    static void widen(int processors, Properties properties) {
        if (processors <= MOST_PROCESSORS) {
            properties.putIfAbsent(PARALLELISM, TWO);
        }
    }
}
