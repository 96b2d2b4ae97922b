// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import io.vertx.core.eventbus.ReplyException;

/** How the demo's handlers say no. */
final class Refused {
    /** The image cannot be read. */
    static final int UNREADABLE_IMAGE = 422;

    /** There is no such batch, or no such action. */
    static final int BAD_REQUEST = 400;

    private Refused() {}

    /** True when the message arrived and its handler refused what it says. */
    static boolean byTheHandler(Throwable failure) {
        return failure instanceof ReplyException refused
                && (refused.failureCode() == UNREADABLE_IMAGE || refused.failureCode() == BAD_REQUEST);
    }
}
