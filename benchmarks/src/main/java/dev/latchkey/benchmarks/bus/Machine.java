// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel says of the machine's CPUs, in clock ticks since it started. */
final class Machine {
    private static final Path PROC = Path.of("/proc");
    private static final int USER = 1;
    private static final int NICE = 2;
    private static final int SYSTEM = 3;
    private static final int STEAL = 8;
    /** Fields of a process's line after its name, which is in parentheses. */
    private static final int PROCESS_USER = 11;

    private static final int PROCESS_SYSTEM = 12;

    private Machine() {}

    /**
     * The load at a moment. Interrupts are left out: the kernel counts them as nobody's, and those of loopback are ours.
     *
     * @param busy ticks in which some process ran, or the hypervisor ran another machine
     * @param total all ticks of all CPUs
     * @param own ticks of this process and those that it started
     */
    record Load(long busy, long total, long own) {
        /** Which part of the machine others used since another moment: 0 to 1. */
        double foreignSince(Load before) {
            double foreign = (busy - before.busy) - (double) (own - before.own);
            return total == before.total ? 0 : Math.max(0, foreign / (total - before.total));
        }
    }

    static Load load() throws IOException {
        List<String> lines = Files.readAllLines(PROC.resolve("stat"));
        String[] cpu = lines.get(0).trim().split("\\s+");
        long busy = tick(cpu, USER) + tick(cpu, NICE) + tick(cpu, SYSTEM) + tick(cpu, STEAL);
        long total = 0;
        for (int i = USER; i <= STEAL; i++) {
            total += tick(cpu, i);
        }
        return new Load(busy, total, own());
    }

    private static long own() {
        ProcessHandle self = ProcessHandle.current();
        return Stream.concat(Stream.of(self), self.descendants())
                .mapToLong(process -> ticks(process.pid()))
                .sum();
    }

    /** One that has just ended has used nothing. */
    private static long ticks(long pid) {
        try {
            String line = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 1).trim().split("\\s+");
            return tick(fields, PROCESS_USER) + tick(fields, PROCESS_SYSTEM);
        } catch (IOException e) {
            return 0;
        }
    }

    private static long tick(String[] fields, int index) {
        return Long.parseLong(fields[index]);
    }
}
