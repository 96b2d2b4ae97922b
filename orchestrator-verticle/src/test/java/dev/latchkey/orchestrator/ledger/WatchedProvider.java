// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.ledger;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stands in for the JDK's own provider, under its name, and does all that it does; but its AES-GCM is watched. */
final class WatchedProvider extends Provider {
    static final String AES_GCM = "AES/GCM/NoPadding";

    private static final String NAME = "SunJCE";
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("this-escape")
    WatchedProvider(Provider real, NonceLedger ledger) {
        super(real.getName(), real.getVersionStr(), "the JDK's provider, watched");
        for (Service service : real.getServices()) {
            putService(new Watched(this, service, ledger));
        }
    }

    /** Takes the place of the JDK's provider. Ciphers that exist are not watched. */
    static void install(NonceLedger ledger) {
        Provider real = Security.getProvider(NAME);
        int position = List.of(Security.getProviders()).indexOf(real) + 1;
        Security.removeProvider(NAME);
        Security.insertProviderAt(new WatchedProvider(real, ledger), position);
    }

    private static final class Watched extends Service {
        private final Service real;
        private final NonceLedger ledger;

        Watched(Provider provider, Service real, NonceLedger ledger) {
            super(provider, real.getType(), real.getAlgorithm(), real.getClassName(), List.of(), Map.of());
            this.real = real;
            this.ledger = ledger;
        }

        @Override
        public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            return getAlgorithm().equals(AES_GCM) ? watchedCipher() : real.newInstance(parameter);
        }

        @Override
        public boolean supportsParameter(@Nullable Object parameter) {
            return real.supportsParameter(parameter);
        }

        private Object watchedCipher() throws NoSuchAlgorithmException {
            try {
                return new WatchedCipher(real.getProvider(), ledger);
            } catch (GeneralSecurityException e) {
                throw new NoSuchAlgorithmException(e);
            }
        }
    }
}
