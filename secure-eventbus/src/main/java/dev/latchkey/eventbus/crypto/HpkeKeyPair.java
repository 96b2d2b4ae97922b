// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.util.function.Function;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * An X25519 key pair (RFC 7748) of a receiver of HPKE (RFC 9180). Safe for use by several threads.
 */
public final class HpkeKeyPair implements AutoCloseable {
    private final SecretBytes privateKey;
    private final byte[] publicKey;

    /** Takes the private key over. */
    private HpkeKeyPair(SecretBytes privateKey) {
        this.privateKey = privateKey;
        this.publicKey = privateKey.lend(HpkeKeyPair::publicKeyOf);
    }

    /** Makes a new key pair from the platform's secure random source. */
    public static HpkeKeyPair generate() {
        return new HpkeKeyPair(SecretBytes.random(HpkeSuite.KEY_LENGTH));
    }

    /**
     * Makes the key pair of a private key.
     *
     * @param privateKey 32 bytes, which are copied: the argument stays the caller's to close
     * @throws IllegalArgumentException if the key is not 32 bytes
     * @throws IllegalStateException if the key was erased
     */
    public static HpkeKeyPair of(SecretBytes privateKey) {
        if (privateKey.length() != HpkeSuite.KEY_LENGTH) {
            throw new IllegalArgumentException("X25519 private key is not 32 bytes: " + privateKey.length());
        }
        return new HpkeKeyPair(SecretBytes.taking(privateKey.copy()));
    }

    /**
     * Returns a copy of the 32-byte private key, which is the caller's to close.
     *
     * @throws IllegalStateException if the key pair was closed
     */
    public SecretBytes privateKey() {
        return SecretBytes.taking(privateKey.copy());
    }

    /** Returns the 32-byte public key; it stays known after the key pair is closed. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** Erases the private key; closing again does nothing. */
    @Override
    public void close() {
        privateKey.close();
    }

    /** Names the class, never the private key. */
    @Override
    public String toString() {
        return "HpkeKeyPair[secret]";
    }

    /** Lends the key pair in Bouncy Castle's form for the time of one call. */
    <T> T lend(Function<AsymmetricCipherKeyPair, T> use) {
        return privateKey.lend(bytes -> use.apply(HpkeSuite.keyPair(bytes)));
    }

    private static byte[] publicKeyOf(byte[] privateKey) {
        byte[] out = new byte[HpkeSuite.KEY_LENGTH];
        X25519.generatePublicKey(privateKey, 0, out, 0);
        return out;
    }
}
