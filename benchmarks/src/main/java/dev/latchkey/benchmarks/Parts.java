// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures the parts of Latchkey one by one, in about five minutes: microseconds of one call on one thread.
 *
 * <p>The arguments are regular expressions of benchmark names; without any, all run.
 */
public final class Parts {
    private static final int WARMUPS = 3;
    private static final int MEASUREMENTS = 5;

    private Parts() {}

    /** Runs them, and prints what it measures to standard output. */
    public static void main(String[] names) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .warmupIterations(WARMUPS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(MEASUREMENTS)
                .measurementTime(TimeValue.seconds(1))
                .forks(1)
                .threads(1);
        List.of(names).forEach(options::include);
        new Runner(options.build()).run();
    }
}
