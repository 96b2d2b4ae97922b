// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import io.vertx.core.buffer.Buffer;

/** What can be written into a frame. */
@FunctionalInterface
public interface Writable {
    /** Appends the bytes to seal; may throw whatever a body's codec throws, wherever it stands. */
    void writeTo(Buffer out);
}
