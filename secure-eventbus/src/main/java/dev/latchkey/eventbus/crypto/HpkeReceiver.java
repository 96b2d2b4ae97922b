// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.jspecify.annotations.Nullable;

/**
 * Opens what an {@link HpkeSender} sealed to this key pair (RFC 9180, appendix A.1's suite, base mode).
 *
 * <p>Messages open only in the order in which they were sealed; one that fails does not count. Safe for use by
 * several threads.
 */
public final class HpkeReceiver {
    private final HpkeContext context;

    private HpkeReceiver(HPKEContext context) {
        this.context = new HpkeContext(context);
    }

    /**
     * Sets up the context of a sender's encapsulated key (RFC 9180, section 5.1.1). Success says nothing of the
     * sender: any 32 bytes that are a point of high order will do.
     *
     * @param keyPair may be closed afterwards
     * @param encapsulatedKey from the sender
     * @param info what the context is for, as the sender gave it
     * @throws OpenFailedException if the encapsulated key is malformed or of low order
     * @throws IllegalStateException if the key pair was closed
     */
    public static HpkeReceiver from(HpkeKeyPair keyPair, byte[] encapsulatedKey, byte[] info)
            throws OpenFailedException {
        HPKEContext context = keyPair.<@Nullable HPKEContext>lend(pair -> setUp(pair, encapsulatedKey, info));
        if (context == null) {
            throw new OpenFailedException();
        }
        return new HpkeReceiver(context);
    }

    /**
     * Opens the next message (RFC 9180, section 5.2).
     *
     * @param aad that the message was sealed with
     * @throws OpenFailedException if this is not the sender's next message with this AAD
     */
    public byte[] open(byte[] aad, byte[] ciphertext) throws OpenFailedException {
        return context.open(aad, ciphertext);
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
        return "HpkeReceiver[secret]";
    }

    // Null stands for every way in which an attacker's key can be wrong: Bouncy Castle throws as it pleases.
    private static @Nullable HPKEContext setUp(AsymmetricCipherKeyPair keyPair, byte[] encapsulatedKey, byte[] info) {
        HPKE hpke = HpkeSuite.base();
        try {
            return hpke.setupBaseR(encapsulatedKey, keyPair, info);
        } catch (RuntimeException e) {
            return null;
        }
    }
}
