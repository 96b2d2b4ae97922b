// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import io.vertx.core.eventbus.DeliveryOptions;

/** Delivery options as the plain bus gets them for a sealed message: its own codec, and no headers, which are sealed. */
final class Outside {
    private Outside() {}

    static DeliveryOptions options(DeliveryOptions options) {
        return new DeliveryOptions()
                .setSendTimeout(options.getSendTimeout())
                .setLocalOnly(options.isLocalOnly())
                .setTracingPolicy(options.getTracingPolicy())
                .setCodecName(SecureCodec.NAME);
    }
}
