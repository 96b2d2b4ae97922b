// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way out, as an interceptor may read it: on one node a copy of the body, as a handler will get; in a cluster
 * none, as Vert.x encodes it only later.
 */
final class CarrierView implements Readable {
    private final Carrier carrier;
    private final boolean clustered;

    CarrierView(Carrier carrier, boolean clustered) {
        this.carrier = carrier;
        this.clustered = clustered;
    }

    @Override
    public @Nullable Object body() {
        return clustered ? null : carrier.content().transformed().body();
    }

    @Override
    public MultiMap headers() {
        return carrier.headers();
    }

    @Override
    public Session session() {
        return carrier.session();
    }
}
