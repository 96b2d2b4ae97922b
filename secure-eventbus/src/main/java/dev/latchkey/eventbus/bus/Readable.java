// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/** What a message says, and the session that it travels under. */
interface Readable {
    @Nullable
    Object body();

    /** Never null; the same object each time, so that interceptors and handlers see each other's changes. */
    MultiMap headers();

    Session session();
}
