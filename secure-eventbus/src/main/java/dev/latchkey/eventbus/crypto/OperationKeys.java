// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.security.MessageDigest;

/**
 * What one caller and the providers of one operation share: proof of identity, proof of scope, and the keys of the
 * messages between them. {@link KeySchedule#derive} makes them.
 *
 * <p>Every method throws {@link IllegalStateException} once the keys are closed. Safe for use by several threads.
 */
public final class OperationKeys implements AutoCloseable {
    /** Length of a responder's salt in bytes. */
    public static final int REPLY_SALT_LENGTH = 16;

    private final SecretBytes authenticationMac;
    private final SecretBytes authorisationKey;
    private final SecretBytes encryptionKey;

    /** Takes the three secrets over. */
    OperationKeys(SecretBytes authenticationMac, SecretBytes authorisationKey, SecretBytes encryptionKey) {
        this.authenticationMac = authenticationMac;
        this.authorisationKey = authorisationKey;
        this.encryptionKey = encryptionKey;
    }

    /** Returns {@code auth_mac}, the 32-byte HMAC-SHA256 under {@code auth_key} of the key schedule's input. */
    public byte[] authenticationMac() {
        return authenticationMac.copy();
    }

    /** Whether this is {@code auth_mac}, compared in constant time; false for any other length. */
    public boolean authenticates(byte[] mac) {
        return authenticationMac.sameAs(mac);
    }

    /**
     * Returns the 32-byte HMAC-SHA256 of a scope under {@code authz_key}.
     *
     * @param canonicalScope the one encoding that issuer and provider agree on for this scope
     */
    public byte[] scopeMac(byte[] canonicalScope) {
        return authorisationKey.lend(key -> HmacSha256.of(key, canonicalScope));
    }

    /** Whether this is the MAC of the scope, compared in constant time; false for any other length. */
    public boolean authorises(byte[] canonicalScope, byte[] mac) {
        return MessageDigest.isEqual(scopeMac(canonicalScope), mac);
    }

    /** Returns the 32-byte key of the caller's requests: HKDF-Expand of {@code enc_key} (RFC 5869, section 2.3). */
    public SecretBytes requestKey() {
        return encryptionKey.lend(key -> SecretBytes.taking(Hkdf.expand(key, Label.request(), KeySchedule.KEY_LENGTH)));
    }

    /**
     * Returns the 32-byte key of one side's replies: HKDF of {@code enc_key} (RFC 5869).
     *
     * <p>The salt is the responder's: were it missing, two providers that answer one replayed request would seal
     * different replies with one key and nonce.
     *
     * @param side who seals the reply
     * @param salt 16 random bytes of the responder
     * @throws IllegalArgumentException if the salt is not 16 bytes
     */
    public SecretBytes replyKey(ReplySide side, byte[] salt) {
        requireSalt(salt);
        return encryptionKey.lend(
                key -> SecretBytes.taking(Hkdf.derive(key, salt, side.info(), KeySchedule.KEY_LENGTH)));
    }

    /** Returns the key of claims to take a request: HKDF-Expand of {@code enc_key} (RFC 5869, section 2.3). */
    public ClaimKey claimKey() {
        return new ClaimKey(
                encryptionKey.lend(key -> SecretBytes.taking(Hkdf.expand(key, Label.claim(), KeySchedule.KEY_LENGTH))));
    }

    /** Erases all keys; closing again does nothing. Keys that were handed out stay their receivers' to close. */
    @Override
    public void close() {
        authenticationMac.close();
        authorisationKey.close();
        encryptionKey.close();
    }

    /** Names the class, never a key. */
    @Override
    public String toString() {
        return "OperationKeys[secret]";
    }

    private static void requireSalt(byte[] salt) {
        if (salt.length != REPLY_SALT_LENGTH) {
            throw new IllegalArgumentException("reply salt is not 16 bytes: " + salt.length);
        }
    }
}
