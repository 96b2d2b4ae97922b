// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * Whose AES-GCM seals and opens: that of the JDK, unless the system property {@value #PROPERTY} names another JCA provider, such as
 * {@code AmazonCorrettoCryptoProvider}, which is installed or on the class path.
 *
 * <p>Always by name, never the first that has the algorithm: an application may have installed Bouncy Castle in front of all others,
 * which is many times slower. It is chosen once, for the whole JVM.
 */
public final class CipherProvider {
    /** The name of the system property. */
    public static final String PROPERTY = "latchkey.cipher.provider";

    private static final String OF_THE_JDK = "SunJCE";
    private static final String ALGORITHM = "AES/GCM/NoPadding";

    private static volatile @Nullable Provider chosen;

    private CipherProvider() {}

    /**
     * Chooses the provider, if that was not done, so that a wrong one stops the start and not the first message.
     *
     * @throws IllegalArgumentException if there is no provider of the name, or its AES-GCM is not what the JDK's is
     */
    public static void require() {
        provider();
    }

    /** A cipher of the chosen provider. */
    static Cipher newCipher() {
        try {
            return newCipher(provider());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider().getName() + " has no AES-GCM", e);
        }
    }

    static Cipher newCipher(Provider provider) throws GeneralSecurityException {
        return Cipher.getInstance(ALGORITHM, provider);
    }

    private static Provider provider() {
        Provider known = chosen;
        if (known == null) {
            known = choose(System.getProperty(PROPERTY, OF_THE_JDK));
            chosen = known;
        }
        return known;
    }

    /** The provider of a name, which has shown that it is fit. */
    static Provider choose(String name) {
        Provider found = Security.getProvider(name);
        Provider named = found == null ? onClassPath(name) : found;
        if (!name.equals(OF_THE_JDK)) {
            CipherTrial.require(named, Security.getProvider(OF_THE_JDK));
        }
        return named;
    }

    private static Provider onClassPath(String name) {
        return StreamSupport.stream(ServiceLoader.load(Provider.class).spliterator(), false)
                .filter(provider -> provider.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(PROPERTY + ": no security provider is named '" + name
                        + "'; put its jar on the class path, or leave the property out"));
    }
}
