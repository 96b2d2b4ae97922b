// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SelfSignedCertificate;

/** The event bus's options of each mode. */
final class BusOptions {
    /** Longer than any run: a ping would be counted among the messages. */
    private static final long NO_PINGS_MILLIS = 24L * 3600 * 1000;

    private static final String KEY = "key";
    private static final String CERTIFICATE = "certificate";

    private BusOptions() {}

    /** What {@link #of} needs to know of a certificate that both nodes have, and trust. */
    static JsonObject certificate(SelfSignedCertificate certificate) {
        return new JsonObject().put(KEY, certificate.privateKeyPath()).put(CERTIFICATE, certificate.certificatePath());
    }

    static EventBusOptions of(NodeSettings settings) {
        EventBusOptions options = new EventBusOptions().setClusterPingInterval(NO_PINGS_MILLIS);
        BusMode mode = BusMode.named(settings.extra().getString("mode"));
        return mode.isTls() ? tls(options, mode, settings.extra()) : options;
    }

    /** Both sides show a certificate and ask for one, and take no other than that of the run. */
    private static EventBusOptions tls(EventBusOptions options, BusMode mode, JsonObject extra) {
        String certificate = extra.getString(CERTIFICATE);
        return options.setSsl(true)
                .setKeyCertOptions(
                        new PemKeyCertOptions().addKeyPath(extra.getString(KEY)).addCertPath(certificate))
                .setTrustOptions(new PemTrustOptions().addCertPath(certificate))
                .setClientAuth(ClientAuth.REQUIRED)
                .setSslEngineOptions(
                        mode == BusMode.TLS_OPENSSL ? new OpenSSLEngineOptions() : new JdkSSLEngineOptions());
    }
}
