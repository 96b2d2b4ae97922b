// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.wire.Codecs;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.ContentFormat;
import dev.latchkey.eventbus.wire.Plaintext;
import org.jspecify.annotations.Nullable;

/** Reads opened content by the codec that it names, which may be an application's. */
final class Bodies {
    private Bodies() {}

    /** The content, or null when its codec is unknown or fails, by whatever it throws: an Error of a codec must hang nobody. */
    static @Nullable Content read(Plaintext content, Codecs codecs) {
        try {
            return ContentFormat.read(content, codecs);
        } catch (Throwable e) {
            return null;
        }
    }
}
