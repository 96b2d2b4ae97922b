// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.registration.Violation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Tells orchestrators of violations, in batches, one report at a time with a pause after each. No message waits for it. Each report is an
 * instance's that provides the operations in question: nobody else is believed. Thread-safe.
 */
final class Reporter {
    /** In which the first of a batch waits for others. */
    static final long GATHER_MILLIS = 100;

    /** An orchestrator takes one report a second of an instance. */
    static final long PAUSE_MILLIS = 1_100;

    private static final long RETRY_MILLIS = 5_000;

    private final Vertx vertx;
    private final Context background;
    private final Violations violations;
    private final Supplier<List<Member>> members;
    private final AtomicBoolean running = new AtomicBoolean();

    /**
     * @param background where reports are sealed
     * @param members the instances of this JVM
     */
    Reporter(Vertx vertx, Context background, Violations violations, Supplier<List<Member>> members) {
        this.vertx = vertx;
        this.background = background;
        this.violations = violations;
        this.members = members;
    }

    /** Notes a violation, to be told soon. */
    void note(Violation violation) {
        violations.add(violation);
        if (running.compareAndSet(false, true)) {
            later(GATHER_MILLIS);
        }
    }

    /** On Latchkey's own context, so that sealing a report delays no handler. */
    private void later(long millis) {
        background.runOnContext(now -> vertx.setTimer(millis, id -> report()));
    }

    private void report() {
        Set<String> operations = violations.operations();
        for (Member member : members.get()) {
            if (operations.stream().anyMatch(member.provides()::contains)) {
                report(member);
                return;
            }
        }
        // No instance that could tell is left; the keys to all of it are gone with them.
        violations.take(operation -> true);
        pauseOrStop(PAUSE_MILLIS);
    }

    private void report(Member member) {
        List<Violation> taken = violations.take(member.provides()::contains);
        Future<Void> told = member.report(taken);
        told.onSuccess(done -> pauseOrStop(PAUSE_MILLIS)).onFailure(failure -> {
            violations.giveBack(taken);
            pauseOrStop(RETRY_MILLIS);
        });
    }

    private void pauseOrStop(long millis) {
        if (!violations.isEmpty()) {
            later(millis);
            return;
        }
        running.set(false);
        // What was noted since has found it running.
        if (!violations.isEmpty() && running.compareAndSet(false, true)) {
            later(millis);
        }
    }
}
