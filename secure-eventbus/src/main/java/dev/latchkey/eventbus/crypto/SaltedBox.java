// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Seals single values, such as records and tickets, under a long-lived secret that many holders use at once.
 *
 * <p>They share no counter, and random nonces of 96 bits would collide too soon. So every value gets a key of its
 * own: {@code HKDF-SHA256(secret, salt, "latchkey/1 box " + purpose)} with a salt of 32 random bytes (RFC 5869), and
 * AES-256-GCM (RFC 5116) with an all-zero nonce. Key and nonce repeat only if two of the salts do.
 *
 * <p>Safe for use by several threads.
 */
public final class SaltedBox implements AutoCloseable {
    private static final int SALT_LENGTH = 32;

    /** How many bytes longer a sealed value is: the salt and the tag. */
    public static final int OVERHEAD = SALT_LENGTH + AesGcm.TAG_LENGTH;

    /** The nonce may be constant because no key seals twice. */
    private static final long NONCE = 0;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretBytes secret;
    private final byte[] info;

    /**
     * Makes a box.
     *
     * @param secret is copied: the argument stays the caller's to close
     * @param purpose what the values are; boxes of one secret and different purposes cannot open each other's values
     * @throws IllegalStateException if the secret was erased
     */
    public SaltedBox(SecretBytes secret, String purpose) {
        this.secret = SecretBytes.taking(secret.copy());
        this.info = Label.box(purpose);
    }

    /**
     * Seals a value as {@code salt || ciphertext || tag}, which is 48 bytes longer; never twice the same.
     *
     * @param aad bytes that are bound to the value but not part of it
     * @throws IllegalStateException if the box was closed
     */
    public byte[] seal(byte[] aad, byte[] plaintext) {
        byte[] salt = new byte[SALT_LENGTH];
        RANDOM.nextBytes(salt);
        byte[] sealed = Arrays.copyOf(salt, OVERHEAD + plaintext.length);
        AesKey key = keyFor(salt);
        try {
            AesGcm.encrypt(key, NONCE, aad, aad.length, plaintext, 0, plaintext.length, sealed, SALT_LENGTH);
        } finally {
            key.destroy();
        }
        return sealed;
    }

    /**
     * Opens a value.
     *
     * @param aad that the value was sealed with
     * @throws OpenFailedException if the bytes are too short, or were not sealed with this secret, purpose and AAD
     * @throws IllegalStateException if the box was closed
     */
    public byte[] open(byte[] aad, byte[] sealed) throws OpenFailedException {
        requireOverhead(sealed);
        AesKey key = keyFor(Arrays.copyOf(sealed, SALT_LENGTH));
        byte[] plain = new byte[sealed.length - OVERHEAD];
        try {
            AesGcm.decrypt(key, NONCE, aad, aad.length, sealed, SALT_LENGTH, sealed.length - SALT_LENGTH, plain);
            return plain;
        } finally {
            key.destroy();
        }
    }

    /** Erases the secret; closing again does nothing. */
    @Override
    public void close() {
        secret.close();
    }

    /** Names the class, never the secret. */
    @Override
    public String toString() {
        return "SaltedBox[secret]";
    }

    private AesKey keyFor(byte[] salt) {
        return secret.lend(
                ikm -> AesKey.forOneUse(SecretBytes.taking(Hkdf.derive(ikm, salt, info, KeySchedule.KEY_LENGTH))));
    }

    private static void requireOverhead(byte[] sealed) throws OpenFailedException {
        if (sealed.length < OVERHEAD) {
            throw new OpenFailedException();
        }
    }
}
