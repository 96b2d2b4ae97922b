// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.ledger;

import java.util.concurrent.atomic.LongAdder;
import org.bouncycastle.crypto.CryptoServiceProperties;
import org.bouncycastle.crypto.CryptoServicesConstraints;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.bouncycastle.crypto.hpke.AEAD;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Sees each AES key that Bouncy Castle sets up, since it asks here whether it may, and enters those that HPKE seals with.
 *
 * <p>The nonce is not to be seen, so all seals under one key are entered with the same: this asks for more than is needed,
 * namely that no HPKE context seals twice, as none of Latchkey's does.
 */
final class HpkeWatch implements CryptoServicesConstraints {
    private static final byte[] ANY_NONCE = {};

    private final NonceLedger ledger;
    private final LongAdder seals = new LongAdder();

    HpkeWatch(NonceLedger ledger) {
        this.ledger = ledger;
    }

    /** How many seals of HPKE it saw. */
    long seals() {
        return seals.sum();
    }

    void install() {
        CryptoServicesRegistrar.setServicesConstraints(this);
    }

    @Override
    public void check(CryptoServiceProperties service) {
        if (service.getServiceName().equals("AES") && service.getParams() instanceof KeyParameter key && isSealing()) {
            seals.increment();
            ledger.sealed(key.getKey(), ANY_NONCE);
        }
    }

    /** GCM sets up its block cipher in the same way for both directions; only the caller tells them apart. */
    private static boolean isSealing() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.anyMatch(frame -> frame.getDeclaringClass() == AEAD.class
                        && frame.getMethodName().equals("seal")));
    }
}
