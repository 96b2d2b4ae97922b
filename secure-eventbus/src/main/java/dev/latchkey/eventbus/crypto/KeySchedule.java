// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

/**
 * Derives an instance's keys for one operation from its seed.
 *
 * <pre>
 *   seed --(operation, timestamp)--&gt; call seed --(operation, timestamp)--&gt; auth_key, authz_key, enc_key
 * </pre>
 *
 * <p>A provider is given the call seed, never the seed: it can check and open what this caller sends for this
 * operation and timestamp, and learns nothing of the caller's other keys. Both steps are HKDF-SHA256 (RFC 5869)
 * over an unambiguous encoding of their arguments. Stateless, so safe for use by several threads.
 */
public final class KeySchedule {
    /** Length of every derived key and of the call seed, in bytes. */
    static final int KEY_LENGTH = 32;

    private KeySchedule() {}

    /**
     * Derives the 32-byte call seed, which is all that a provider may learn of a caller.
     *
     * @param seed the instance's seed, from 1 to 65535 bytes
     * @param operation its name, from 1 to 65535 bytes of UTF-8
     * @param timestampMillis the token's time, in milliseconds since 1970
     * @throws IllegalArgumentException if the operation or seed is empty or too long, or the operation is not Unicode
     * @throws IllegalStateException if the seed was erased
     */
    public static SecretBytes callSeed(SecretBytes seed, String operation, long timestampMillis) {
        try (SecretBytes input = DerivationInput.of(seed, operation, timestampMillis)) {
            return key(input, Label.callSalt(), Label.callSeed());
        }
    }

    /**
     * Derives the keys of one caller for one operation; caller and provider arrive at the same ones.
     *
     * @param callSeed from {@link #callSeed}, with the same operation and timestamp
     * @param operation its name, from 1 to 65535 bytes of UTF-8
     * @param timestampMillis the token's time, in milliseconds since 1970
     * @throws IllegalArgumentException if the operation or seed is empty or too long, or the operation is not Unicode
     * @throws IllegalStateException if the call seed was erased
     */
    public static OperationKeys derive(SecretBytes callSeed, String operation, long timestampMillis) {
        try (SecretBytes input = DerivationInput.of(callSeed, operation, timestampMillis)) {
            return new OperationKeys(
                    authenticationMac(input),
                    key(input, Label.authorisationSalt(), Label.authorisationKey()),
                    key(input, Label.encryptionSalt(), Label.encryptionKey()));
        }
    }

    // The MAC is the only use of auth_key, so the key does not outlive this method.
    private static SecretBytes authenticationMac(SecretBytes input) {
        try (SecretBytes key = key(input, Label.authenticationSalt(), Label.authenticationKey())) {
            return input.lend(data -> key.lend(bytes -> SecretBytes.taking(HmacSha256.of(bytes, data))));
        }
    }

    private static SecretBytes key(SecretBytes input, byte[] salt, byte[] info) {
        return input.lend(ikm -> SecretBytes.taking(Hkdf.derive(ikm, salt, info, KEY_LENGTH)));
    }
}
