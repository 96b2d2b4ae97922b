// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.SecureEventBusOptions;
import java.util.concurrent.atomic.AtomicInteger;

/** The largest frame that this JVM copies: the largest that one of its members asked for. Thread-safe. */
final class FrameLimit {
    private final AtomicInteger bytes = new AtomicInteger();

    /** A member asks for a limit. */
    void ask(int wanted) {
        bytes.accumulateAndGet(wanted, Math::max);
    }

    /** True when a frame of this length is not looked at. */
    boolean isExceededBy(int length) {
        int limit = bytes.get();
        return length > (limit == 0 ? SecureEventBusOptions.DEFAULT_MAX_FRAME_SIZE : limit);
    }
}
