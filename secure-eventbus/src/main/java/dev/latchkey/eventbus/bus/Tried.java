// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DeniedException;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** Failures of requests that were tried at several addresses. They tell how many; which, is not for whoever asked for one. */
final class Tried {
    private Tried() {}

    /** The same failure, of the same type and code, that also says how many addresses were tried. */
    static Throwable counted(Throwable failure, int addresses) {
        if (addresses == 1) {
            return failure;
        }
        String text = "; " + addresses + " addresses were tried";
        if (failure instanceof DeniedException denied) {
            return new DeniedException(denied.reason(), denied.reason().text() + text, denied.getCause());
        }
        return failure instanceof ReplyException reply ? counted(reply, text) : failure;
    }

    private static Throwable counted(ReplyException failure, String text) {
        String what = isNoHandlers(failure) ? "no handlers" : "no answer in time";
        return new ReplyException(failure.failureType(), failure.failureCode(), what + text);
    }

    /** True when Vert.x says that an address has no handlers. */
    static boolean isNoHandlers(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    }
}
