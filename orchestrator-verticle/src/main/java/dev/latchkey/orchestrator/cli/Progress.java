// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;

/** Tells, while something takes longer than two seconds, that it is still going on. Ends when closed. */
final class Progress implements AutoCloseable {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration NEXT = Duration.ofSeconds(5);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Progress::thread);
    private final PrintWriter err;
    private final String what;
    private final long begun = System.nanoTime();

    private Progress(PrintWriter err, String what) {
        this.err = err;
        this.what = what;
    }

    /**
     * Begins.
     *
     * @param what is going on, such as {@code asking http://127.0.0.1:9080}
     */
    static Progress of(PrintWriter err, String what) {
        return of(err, what, FIRST, NEXT);
    }

    /** The same for what runs in services too, whose standard error is a log: begins only where somebody reads along. */
    static Progress forPeople(CommandSpec spec, String what) {
        Progress progress = new Progress(spec.commandLine().getErr(), what);
        if (Terminal.of(spec).isPresent()) {
            progress.begin(FIRST, NEXT);
        }
        return progress;
    }

    static Progress of(PrintWriter err, String what, Duration first, Duration next) {
        Progress progress = new Progress(err, what);
        progress.begin(first, next);
        return progress;
    }

    private void begin(Duration first, Duration next) {
        clock.scheduleAtFixedRate(this::tell, first.toMillis(), next.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "latchkey-progress");
        thread.setDaemon(true);
        return thread;
    }

    private void tell() {
        long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        err.println("latchkey: still " + what + ", for " + seconds + " s");
    }

    /** Nothing is told after it. */
    void done() {
        clock.shutdownNow();
    }

    @Override
    public void close() {
        done();
    }
}
