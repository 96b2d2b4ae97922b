// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * Signs with Ed25519 (RFC 8032, section 5.1). Signatures are deterministic: they need no randomness to be safe.
 *
 * <p>The private key is in memory, or somewhere else, behind a {@link Signer}. Safe for use by several threads.
 */
public final class SigningKey implements AutoCloseable {
    /** Null when the key is somewhere else. */
    private final @Nullable SecretBytes privateKey;

    private final Signer signer;
    private final VerifyingKey verifyingKey;

    /** Takes the private key over. */
    private SigningKey(SecretBytes privateKey) {
        this.privateKey = privateKey;
        this.verifyingKey = privateKey.lend(SigningKey::verifyingKeyOf);
        this.signer = inMemory(privateKey, verifyingKey.encoded());
    }

    private SigningKey(Signer signer, VerifyingKey verifyingKey) {
        this.privateKey = null;
        this.signer = signer;
        this.verifyingKey = verifyingKey;
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
     * A key that signs somewhere else.
     *
     * @param signer closed with this key
     * @param verifyingKey the one that verifies its signatures, which is tried once
     * @throws IllegalArgumentException if it does not
     */
    public static SigningKey by(Signer signer, VerifyingKey verifyingKey) {
        byte[] trial = {'t', 'r', 'i', 'a', 'l'};
        if (!verifyingKey.verify(trial, signer.sign(trial))) {
            throw new IllegalArgumentException("the signer's key is not the one that the verifying key belongs to");
        }
        return new SigningKey(signer, verifyingKey);
    }

    /**
     * Returns the 64-byte signature of a message (RFC 8032, section 5.1.6).
     *
     * @throws IllegalStateException if the key was closed, or is somewhere else and cannot be reached
     */
    public byte[] sign(byte[] message) {
        return signer.sign(message);
    }

    /** Returns the key that verifies this one's signatures; it stays known after the key is closed. */
    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    /**
     * Returns a copy of the 32-byte private key, which is the caller's to close.
     *
     * @throws IllegalStateException if the key was closed, or is somewhere else
     */
    public SecretBytes privateKey() {
        if (privateKey == null) {
            throw new IllegalStateException("the private key cannot be had: it is kept where it signs");
        }
        return SecretBytes.taking(privateKey.copy());
    }

    /** Erases the private key, or gives it up; closing again does nothing. */
    @Override
    public void close() {
        signer.close();
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

    /** The public key is our own, from the private one: signing with another's would give the private key away. */
    private static Signer inMemory(SecretBytes privateKey, byte[] publicKey) {
        return new Signer() {
            @Override
            public byte[] sign(byte[] message) {
                byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
                return privateKey.lend(key -> {
                    Ed25519.sign(key, 0, publicKey, 0, message, 0, message.length, signature, 0);
                    return signature;
                });
            }

            @Override
            public void close() {
                privateKey.close();
            }
        };
    }
}
