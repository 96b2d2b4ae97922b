// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.security.Provider;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A provider that the service loader finds, and that has the JDK's AES-GCM. */
public final class ProviderForTests extends Provider {
    /** How many were made. */
    static final AtomicInteger MADE = new AtomicInteger();

    private static final long serialVersionUID = 1L;

    /** For the service loader. */
    public ProviderForTests() {
        super("ProviderForTests", "1", "for a test");
        MADE.incrementAndGet();
        putService(new Service(this, "Cipher", "AES/GCM/NoPadding", "none", null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) {
                return new CipherProviderTest.FlawedCipher(CipherProviderTest.Flaw.NONE);
            }
        });
    }
}
