// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;

/**
 * Seals messages to the holder of an X25519 key: HPKE (RFC 9180) in base mode with DHKEM(X25519, HKDF-SHA256),
 * HKDF-SHA256 and AES-128-GCM, the suite of its appendix A.1.
 *
 * <p>Base mode says nothing of who the sender is: the messages must prove that themselves. They open only in the
 * order in which they were sealed. Safe for use by several threads.
 */
public final class HpkeSender {
    private final HpkeContext context;
    private final byte[] encapsulatedKey;

    private HpkeSender(HPKEContextWithEncapsulation context) {
        this.context = new HpkeContext(context);
        this.encapsulatedKey = context.getEncapsulation();
    }

    /**
     * Sets up a context with a fresh ephemeral key (RFC 9180, section 5.1.1).
     *
     * @param publicKey of the receiver, 32 bytes
     * @param info what the context is for; the receiver must give the same
     * @throws IllegalArgumentException if this is no public key, or one of low order, which would let anybody read
     */
    public static HpkeSender to(byte[] publicKey, byte[] info) {
        try (HpkeKeyPair ephemeral = HpkeKeyPair.generate()) {
            return to(publicKey, info, ephemeral);
        }
    }

    /** For the RFC's vectors: the ephemeral key must never be used for a second context. */
    static HpkeSender to(byte[] publicKey, byte[] info, HpkeKeyPair ephemeral) {
        return new HpkeSender(ephemeral.lend(pair -> setUp(publicKey, info, pair)));
    }

    /** Returns the encapsulated key, 32 bytes; the receiver needs it to set up its context. It is no secret. */
    public byte[] encapsulatedKey() {
        return encapsulatedKey.clone();
    }

    /**
     * Seals the next message (RFC 9180, section 5.2); the result is 16 bytes longer.
     *
     * @param aad bytes that are bound to the message but not part of it
     */
    public byte[] seal(byte[] aad, byte[] plaintext) {
        return context.seal(aad, plaintext);
    }

    /**
     * Derives a secret that only sender and receiver know (RFC 9180, section 5.3).
     *
     * @param context what the secret is for; different ones give independent secrets
     * @param length in bytes, from 1 to 8160
     * @throws IllegalArgumentException if the length is out of bounds
     */
    public SecretBytes export(byte[] context, int length) {
        return this.context.export(context, length);
    }

    /** Names the class, never a key. */
    @Override
    public String toString() {
        return "HpkeSender[secret]";
    }

    private static HPKEContextWithEncapsulation setUp(
            byte[] publicKey, byte[] info, AsymmetricCipherKeyPair ephemeral) {
        HPKE hpke = HpkeSuite.base();
        try {
            return hpke.setupBaseS(HpkeSuite.publicKey(publicKey), info, ephemeral);
        } catch (RuntimeException e) {
            // A wrong length fails at parsing; a low order fails later, as the shared secret is all zeros.
            throw new IllegalArgumentException("not an X25519 public key", e);
        }
    }
}
