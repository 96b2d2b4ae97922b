// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import io.vertx.core.eventbus.DeliveryOptions;

/** Delivery options as the plain bus gets them for a sealed message: its own codec, and no headers, which are sealed. */
final class Outside {
    /** What a sender asks for who asks for nothing. Never changed, and never given to an application. */
    static final DeliveryOptions DEFAULTS = new DeliveryOptions();

    /** Vert.x reads options only, so all messages can share these. */
    private static final DeliveryOptions OF_DEFAULTS = own(DEFAULTS);

    private Outside() {}

    static DeliveryOptions options(DeliveryOptions options) {
        return asksForNothing(options) ? OF_DEFAULTS : own(options);
    }

    private static boolean asksForNothing(DeliveryOptions options) {
        return options.getSendTimeout() == DEFAULTS.getSendTimeout()
                && options.isLocalOnly() == DEFAULTS.isLocalOnly()
                && options.getTracingPolicy() == DEFAULTS.getTracingPolicy();
    }

    /** Options of its own for one message. */
    static DeliveryOptions own(DeliveryOptions options) {
        return new DeliveryOptions()
                .setSendTimeout(options.getSendTimeout())
                .setLocalOnly(options.isLocalOnly())
                .setTracingPolicy(options.getTracingPolicy())
                .setCodecName(SecureCodec.NAME);
    }
}
