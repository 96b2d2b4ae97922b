// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;

/** Messages under one token to the consumers of one context: what must stay in order. */
record Line(TokenId token, ContextInternal context) {

    /** The line of a message that is being delivered on this thread; null off any context, where nothing could be resumed. */
    static @Nullable Line of(TokenId token) {
        ContextInternal current = ContextInternal.current();
        return current == null ? null : new Line(token, current.unwrap());
    }
}
