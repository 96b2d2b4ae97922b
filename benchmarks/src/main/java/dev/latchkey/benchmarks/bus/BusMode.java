// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import io.netty.handler.ssl.OpenSsl;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the messages of a pair of nodes are protected. */
enum BusMode {
    /** Not at all: what the others are compared with. */
    PLAIN(true),
    /** Not at all, but written as Latchkey writes: what is left between this and {@link #SEALED} is the price of sealing. */
    PLAIN_COALESCED(false),
    /** Latchkey. */
    SEALED(true),
    /** Latchkey, with the AES-GCM of the JDK, though the preferred one runs here. */
    SEALED_JDK(true),
    /** Mutual TLS between the nodes, by the JDK. */
    TLS_JDK(false),
    /** Mutual TLS between the nodes, by OpenSSL (BoringSSL). */
    TLS_OPENSSL(false),
    /** The plain bus; a JWT in the headers of each message, made and verified under one shared secret. */
    JWT_HS256(true),
    /** The plain bus; a JWT in the headers of each message, signed and verified with RSA of 2048 bits. */
    JWT_RS256(true);

    private final boolean concernsLocal;

    BusMode(boolean concernsLocal) {
        this.concernsLocal = concernsLocal;
    }

    /** False when messages within a JVM are those of the plain bus, so that there is nothing to measure. */
    boolean measures(Traffic traffic) {
        return concernsLocal || !traffic.kind().isLocal();
    }

    boolean isSealed() {
        return this == SEALED || this == SEALED_JDK;
    }

    boolean isTls() {
        return this == TLS_JDK || this == TLS_OPENSSL;
    }

    /** False when a library that the mode needs does not run on this machine, or the mode is the same as another there. */
    boolean isAvailable() {
        return switch (this) {
            case TLS_OPENSSL -> OpenSsl.isAvailable();
            case SEALED_JDK -> !CipherChoice.isOfTheJdk();
            default -> true;
        };
    }

    /** The name in options, settings and reports. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static BusMode named(String label) {
        return Arrays.stream(values())
                .filter(mode -> mode.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--modes: '" + label + "' is no mode; use some of " + String.join(",", labels())));
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(BusMode::label).toList();
    }
}
