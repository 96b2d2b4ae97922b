// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;

/** The event bus's options of each mode. */
final class BusOptions {
    /** Longer than any run: a ping would be counted among the messages. */
    private static final long NO_PINGS_MILLIS = 24L * 3600 * 1000;

    private BusOptions() {}

    static EventBusOptions of(NodeSettings settings) {
        EventBusOptions options = new EventBusOptions().setClusterPingInterval(NO_PINGS_MILLIS);
        BusMode mode = BusMode.named(settings.extra().getString("mode"));
        return mode.isTls() ? tls(options, mode, new TlsKeys(settings.folder())) : options;
    }

    /** Both sides show a certificate and ask for one, and take no other than that of the run. */
    private static EventBusOptions tls(EventBusOptions options, BusMode mode, TlsKeys keys) {
        return options.setSsl(true)
                .setKeyCertOptions(keys.own())
                .setTrustOptions(keys.trusted())
                .setClientAuth(ClientAuth.REQUIRED)
                .setSslEngineOptions(
                        mode == BusMode.TLS_OPENSSL ? new OpenSSLEngineOptions() : new JdkSSLEngineOptions());
    }
}
