// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.eventbus.crypto.CipherProvider;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.ServiceLoader;
import javax.crypto.Cipher;

/** The Amazon Corretto Crypto Provider, of which there is one for this kind of machine or not. */
final class Accp {
    private static final String NAME = "AmazonCorrettoCryptoProvider";

    private Accp() {}

    static boolean isAvailable() {
        return ServiceLoader.load(Provider.class).stream()
                .map(ServiceLoader.Provider::get)
                .anyMatch(provider -> provider.getName().equals(NAME) && hasGcm(provider));
    }

    /** Without its native library it is there, and can do nothing. */
    private static boolean hasGcm(Provider provider) {
        try {
            Cipher.getInstance("AES/GCM/NoPadding", provider);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Has this JVM seal and open with it, if the mode asks for that. */
    static void chooseFor(BusMode mode) {
        if (mode == BusMode.SEALED_ACCP) {
            System.setProperty(CipherProvider.PROPERTY, NAME);
        }
    }
}
