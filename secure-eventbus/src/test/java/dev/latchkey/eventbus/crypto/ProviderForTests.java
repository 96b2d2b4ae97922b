// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.security.Provider;
import org.jspecify.annotations.Nullable;

/** A provider that the service loader finds, and that has the JDK's AES-GCM. */
public final class ProviderForTests extends Provider {
    private static final long serialVersionUID = 1L;

    /** For the service loader. */
    public ProviderForTests() {
        super("ForTests", "1", "for a test");
        putService(new Service(this, "Cipher", "AES/GCM/NoPadding", "none", null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) {
                return new CipherProviderTest.FlawedCipher(CipherProviderTest.Flaw.NONE);
            }
        });
    }
}
