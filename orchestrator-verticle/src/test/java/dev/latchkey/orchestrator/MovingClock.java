// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** The system's clock, which a test can move on. */
public final class MovingClock extends Clock {
    private final AtomicLong offset = new AtomicLong();

    public void advance(Duration time) {
        offset.addAndGet(time.toMillis());
    }

    @Override
    public Instant instant() {
        return Instant.now().plusMillis(offset.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
