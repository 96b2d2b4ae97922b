// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.wire.Frame;
import io.vertx.core.Future;

/** Settles whether a request that opened here was taken elsewhere before. */
interface Claims {
    /**
     * Claims a request.
     *
     * @return succeeded when this is the first claim; failed with a {@link Refusal} when it is not, or could not be settled
     */
    Future<Void> claim(ProviderSession session, Frame frame);
}
