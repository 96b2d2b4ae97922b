// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.util.function.Supplier;

/**
 * Has the Corretto provider's ciphers keep their native memory when they get another key.
 *
 * <p>Otherwise they give it back, and register new one with a collector of it: for each message, where callers take turns. The provider reads
 * this from a system property, and only while it is made. So the property is set for that long, unless it was set by who runs the JVM.
 */
final class KeptContexts {
    static final String PROPERTY = "com.amazon.corretto.crypto.provider.nativeContextReleaseStrategy";

    private static final String KEPT = "LAZY";

    private KeptContexts() {}

    /** What is made, with the property set. */
    static synchronized <T> T whileMaking(Supplier<T> making) {
        if (System.getProperty(PROPERTY) != null) {
            return making.get();
        }
        System.setProperty(PROPERTY, KEPT);
        try {
            return making.get();
        } finally {
            System.clearProperty(PROPERTY);
        }
    }
}
