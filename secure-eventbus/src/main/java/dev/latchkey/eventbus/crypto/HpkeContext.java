// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKEContext;

/**
 * A set-up HPKE context (RFC 9180, section 5.2), made safe for several threads: Bouncy Castle's counts its nonces
 * without a lock.
 */
final class HpkeContext {
    private static final int MAX_EXPORT = 255 * HmacSha256.LENGTH;

    /** Guarded by this. */
    private final HPKEContext context;

    HpkeContext(HPKEContext context) {
        this.context = context;
    }

    synchronized byte[] seal(byte[] aad, byte[] plaintext) {
        try {
            return context.seal(aad, plaintext);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    // Runtime exceptions too: Bouncy Castle does not promise that all it finds wrong with the bytes is a checked one.
    synchronized byte[] open(byte[] aad, byte[] ciphertext) throws OpenFailedException {
        try {
            return context.open(aad, ciphertext);
        } catch (InvalidCipherTextException | RuntimeException e) {
            throw new OpenFailedException();
        }
    }

    synchronized SecretBytes export(byte[] exporterContext, int length) {
        if (length < 1 || length > MAX_EXPORT) {
            throw new IllegalArgumentException("export length is not from 1 to " + MAX_EXPORT + ": " + length);
        }
        return SecretBytes.taking(context.export(exporterContext, length));
    }
}
