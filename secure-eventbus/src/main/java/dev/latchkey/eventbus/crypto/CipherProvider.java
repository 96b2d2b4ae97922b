// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * Whose AES-GCM seals and opens: that of the Amazon Corretto Crypto Provider where it is on the class path and runs, or else that of the
 * JDK; or of the JCA provider that the system property {@value #PROPERTY} names, such as {@code SunJCE}.
 *
 * <p>Always by name, never the first that has the algorithm: an application may have installed Bouncy Castle in front of all others,
 * which is many times slower. It is chosen once, for the whole JVM.
 */
public final class CipherProvider {
    /** The name of the system property. */
    public static final String PROPERTY = "latchkey.cipher.provider";

    /** It allocates next to nothing for a message, and from 4 KiB on takes half of the JDK's time. */
    private static final String PREFERRED = "AmazonCorrettoCryptoProvider";

    private static final String OF_THE_JDK = "SunJCE";
    private static final String ALGORITHM = "AES/GCM/NoPadding";

    private static volatile @Nullable Choice chosen;

    /**
     * A provider, and what is to be told of it.
     *
     * @param complaint why it is not the preferred one, if that is there
     */
    record Choice(Provider provider, @Nullable String complaint) {
        static Choice of(Provider provider) {
            return new Choice(provider, null);
        }
    }

    private CipherProvider() {}

    /**
     * Chooses the provider, if that was not done, so that a wrong one stops the start and not the first message.
     *
     * @param complain told why it is that of the JDK, where the preferred one is there and cannot be used
     * @return its name
     * @throws IllegalArgumentException if the property names a provider that is not there, or whose AES-GCM is not what the JDK's is
     */
    public static String require(Consumer<String> complain) {
        Choice choice = choice();
        if (choice.complaint() != null) {
            complain.accept(choice.complaint());
        }
        return choice.provider().getName();
    }

    /**
     * The chosen provider, which is chosen now if it was not.
     *
     * @throws IllegalArgumentException as {@link #require}
     */
    public static Provider provider() {
        return choice().provider();
    }

    /** A cipher of the chosen provider. */
    static Cipher newCipher() {
        Provider provider = provider();
        try {
            return newCipher(provider);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " has no AES-GCM", e);
        }
    }

    static Cipher newCipher(Provider provider) throws GeneralSecurityException {
        return Cipher.getInstance(ALGORITHM, provider);
    }

    private static Choice choice() {
        Choice known = chosen;
        if (known == null) {
            String named = System.getProperty(PROPERTY);
            known = named == null ? prefer(PREFERRED) : Choice.of(choose(named));
            chosen = known;
        }
        return known;
    }

    /**
     * A provider that nobody asked for, if it is there and fit; otherwise the JDK's.
     *
     * @param name its own, and that of its class
     */
    static Choice prefer(String name) {
        try {
            return Choice.of(installedOr(name, CipherProvider::ofClassNamed)
                    .map(CipherProvider::tried)
                    .orElseGet(CipherProvider::ofTheJdk));
        } catch (IllegalArgumentException | ServiceConfigurationError | LinkageError e) {
            return new Choice(
                    ofTheJdk(),
                    "AES-GCM of the JDK instead of " + name + ", which is there and cannot be used: " + e.getMessage());
        }
    }

    /** The provider of a name, which has shown that it is fit. */
    static Provider choose(String name) {
        return installedOr(name, CipherProvider::named)
                .map(CipherProvider::tried)
                .orElseThrow(() -> new IllegalArgumentException(PROPERTY + ": no security provider is named '" + name
                        + "'; put its jar on the class path, or leave the property out"));
    }

    private static Provider tried(Provider provider) {
        if (!provider.getName().equals(OF_THE_JDK)) {
            CipherTrial.require(provider, ofTheJdk());
        }
        return provider;
    }

    private static Provider ofTheJdk() {
        return Security.getProvider(OF_THE_JDK);
    }

    private static Optional<Provider> installedOr(String name, Function<String, Optional<Provider>> onClassPath) {
        Provider installed = Security.getProvider(name);
        return installed == null ? onClassPath.apply(name) : Optional.of(installed);
    }

    /** By the name of its class, so that others on the class path, which nobody asked for either, are not made. */
    private static Optional<Provider> ofClassNamed(String name) {
        return ServiceLoader.load(Provider.class).stream()
                .filter(provider -> provider.type().getSimpleName().equals(name))
                .findFirst()
                .map(found -> KeptContexts.whileMaking(found::get));
    }

    private static Optional<Provider> named(String name) {
        return KeptContexts.whileMaking(
                () -> StreamSupport.stream(ServiceLoader.load(Provider.class).spliterator(), false)
                        .filter(provider -> provider.getName().equals(name))
                        .findFirst());
    }
}
