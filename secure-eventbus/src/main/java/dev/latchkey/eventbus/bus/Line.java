// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;

/**
 * Messages to the consumers of one context that must stay in order.
 *
 * @param <K> what they have in common
 */
record Line<K>(K of, ContextInternal context) {

    /** The line of a message that is being delivered on this thread; null off any context, where nothing could be resumed. */
    static <K> @Nullable Line<K> here(K of) {
        ContextInternal current = ContextInternal.current();
        return current == null ? null : new Line<>(of, current.unwrap());
    }
}
