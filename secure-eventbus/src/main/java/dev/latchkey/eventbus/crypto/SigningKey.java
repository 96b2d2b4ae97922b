// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Signs with Ed25519 (RFC 8032, section 5.1). Signatures are deterministic: they need no randomness to be safe.
 *
 * <p>Safe for use by several threads.
 */
public final class SigningKey implements AutoCloseable {
    private final SecretBytes privateKey;
    private final VerifyingKey verifyingKey;

    /** Takes the private key over. */
    private SigningKey(SecretBytes privateKey) {
        this.privateKey = privateKey;
        this.verifyingKey = privateKey.lend(SigningKey::verifyingKeyOf);
    }

    /** Makes a new key from the platform's secure random source. */
    public static SigningKey generate() {
        return new SigningKey(SecretBytes.random(Ed25519.SECRET_KEY_SIZE));
    }

    /**
     * Makes the key of these bytes.
     *
     * @param privateKey 32 bytes, which are copied: the argument stays the caller's to close
     * @throws IllegalArgumentException if the key is not 32 bytes
     * @throws IllegalStateException if the key was erased
     */
    public static SigningKey of(SecretBytes privateKey) {
        if (privateKey.length() != Ed25519.SECRET_KEY_SIZE) {
            throw new IllegalArgumentException("Ed25519 private key is not 32 bytes: " + privateKey.length());
        }
        return new SigningKey(SecretBytes.taking(privateKey.copy()));
    }

    /**
     * Returns the 64-byte signature of a message (RFC 8032, section 5.1.6).
     *
     * @throws IllegalStateException if the key was closed
     */
    public byte[] sign(byte[] message) {
        // The public key is our own, from the private one: signing with another's would give the private key away.
        byte[] publicKey = verifyingKey.encoded();
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        return privateKey.lend(key -> {
            Ed25519.sign(key, 0, publicKey, 0, message, 0, message.length, signature, 0);
            return signature;
        });
    }

    /** Returns the key that verifies this one's signatures; it stays known after the key is closed. */
    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    /**
     * Returns a copy of the 32-byte private key, which is the caller's to close.
     *
     * @throws IllegalStateException if the key was closed
     */
    public SecretBytes privateKey() {
        return SecretBytes.taking(privateKey.copy());
    }

    /** Erases the private key; closing again does nothing. */
    @Override
    public void close() {
        privateKey.close();
    }

    /** Names the verifying key, never the private one. */
    @Override
    public String toString() {
        return "SigningKey[" + verifyingKey + "]";
    }

    private static VerifyingKey verifyingKeyOf(byte[] privateKey) {
        byte[] encoded = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(privateKey, 0, encoded, 0);
        return VerifyingKey.of(encoded);
    }
}
