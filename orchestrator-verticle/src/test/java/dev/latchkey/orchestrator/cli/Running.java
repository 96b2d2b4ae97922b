// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command that runs until it is stopped, as a signal would stop it. */
final class Running implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final long STOP_SECONDS = 20;

    private final Console console = new Console();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread thread;

    private Running(Object... arguments) {
        thread = new Thread(() -> exitCode.complete(console.run(arguments)), "command");
        thread.start();
    }

    /** Starts it and waits for the line that says so. */
    static Running start(Object... arguments) {
        Running running = new Running(arguments);
        await().atMost(START)
                .until(() -> running.exitCode.isDone() || running.out().contains("is ready"));
        if (running.exitCode.isDone()) {
            throw new AssertionError("the command has ended: " + running.console.err());
        }
        return running;
    }

    String out() {
        return console.out();
    }

    String err() {
        return console.err();
    }

    int stop() {
        thread.interrupt();
        return exitCode.orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        stop();
    }
}
