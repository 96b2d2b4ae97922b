// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/**
 * Ends the JVM with a command's exit code. A signal to stop interrupts the command and lets it end in order, for a bounded
 * time; then the exit code is the command's too, not the signal's.
 */
final class GracefulExit {
    private static final long PATIENCE_SECONDS = 5;

    private final Thread command = Thread.currentThread();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

    private GracefulExit() {}

    /** Runs the command on this thread; never returns. */
    static void with(IntSupplier command) {
        GracefulExit exit = new GracefulExit();
        Runtime.getRuntime().addShutdownHook(new Thread(exit::onShutdown, "latchkey-stop"));
        int code = command.getAsInt();
        exit.exitCode.complete(code);
        // Threads of Vert.x or Hazelcast that are left over must not keep the JVM.
        System.exit(code);
    }

    private void onShutdown() {
        if (!exitCode.isDone()) {
            command.interrupt();
            // Only halt sets the exit code once the JVM is going down.
            Runtime.getRuntime().halt(await());
        }
    }

    private int await() {
        try {
            return exitCode.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            return 1;
        }
    }
}
