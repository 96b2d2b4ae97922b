// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A clock's time as it was some milliseconds ago: to ask the system takes 25 ns, which is a tenth of what a message within a JVM takes.
 * Thread-safe.
 *
 * <p>A daemon thread reads the clock, as long as anybody asks. Where it gets no CPU, the time stands still, for as long as a thread may have
 * to wait for one: so this is for what has an allowance for clocks that disagree, and is no stranger's message.
 */
final class CoarseClock {
    /** That of the system. */
    static final CoarseClock SYSTEM = new CoarseClock(Clock.systemUTC());

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** After how many ticks without a question the thread ends: a second. */
    private static final int IDLE_TICKS = 200;

    private static final long STOPPED = Long.MIN_VALUE;

    private final Clock clock;
    private volatile long time = STOPPED;

    /** Of {@link System#nanoTime}, as long as the time is known. Written before it. */
    private volatile long nanos;

    private volatile boolean asked;

    /** Guarded by this. */
    private boolean running;

    CoarseClock(Clock clock) {
        this.clock = clock;
    }

    /** Milliseconds since 1970, a moment ago. */
    long millis() {
        long known = time;
        if (known == STOPPED) {
            start();
            return clock.millis();
        }
        if (!asked) {
            asked = true;
        }
        return known;
    }

    /** {@link System#nanoTime}, a moment ago. Not asked for by itself: it is read as long as somebody asks for the time. */
    long nanos() {
        return time == STOPPED ? System.nanoTime() : nanos;
    }

    private synchronized void start() {
        if (!running) {
            Thread ticking = new Thread(null, this::tick, "latchkey-clock", 0, false);
            ticking.setDaemon(true);
            ticking.setContextClassLoader(null);
            ticking.start();
            running = true;
        }
    }

    /** Whatever ends it, time does not stand still: the clock itself is asked again. */
    private void tick() {
        try {
            for (int idle = 0; idle < IDLE_TICKS; idle = takeAsked() ? 0 : idle + 1) {
                nanos = System.nanoTime();
                time = clock.millis();
                LockSupport.parkNanos(TICK_NANOS);
                // Left as it is, it would make the next pause none.
                Thread.interrupted();
            }
        } finally {
            stopped();
        }
    }

    private boolean takeAsked() {
        boolean taken = asked;
        asked = false;
        return taken;
    }

    /** True while a thread reads the clock. */
    synchronized boolean isRunning() {
        return running;
    }

    private synchronized void stopped() {
        time = STOPPED;
        running = false;
    }
}
