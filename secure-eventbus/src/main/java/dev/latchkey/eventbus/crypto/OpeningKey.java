// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

/**
 * Opens what a {@link SealingKey} of the same bytes sealed, with AES-256-GCM (RFC 5116).
 *
 * <p>It does not remember what it opened: noticing a replay is the caller's part. Safe for use by several threads.
 */
public final class OpeningKey implements AutoCloseable {
    private final AesKey key;

    /**
     * Makes an opening key.
     *
     * @param key 32 bytes, which are copied: the argument stays the caller's to close
     * @throws IllegalArgumentException if the key is not 32 bytes
     * @throws IllegalStateException if the key was erased
     */
    public OpeningKey(SecretBytes key) {
        this.key = AesKey.forOpening(key);
    }

    /**
     * Opens a message, writing {@code inLength - 16} bytes of plaintext, or none.
     *
     * @param sequence that the message was sealed with
     * @param aad that the message was sealed with
     * @param aadLength how many bytes of {@code aad} count, from its start
     * @param out where the plaintext goes, from its start; not the array {@code in}
     * @throws OpenFailedException if the bytes are too short, or were not sealed with this key, sequence and AAD
     * @throws IllegalStateException if the key was closed
     * @throws IndexOutOfBoundsException if a range is outside its array
     */
    public void open(long sequence, byte[] aad, int aadLength, byte[] in, int inOffset, int inLength, byte[] out)
            throws OpenFailedException {
        AesGcm.decrypt(key, sequence, aad, aadLength, in, inOffset, inLength, out);
    }

    /** Erases the key; closing again does nothing. */
    @Override
    public void close() {
        key.destroy();
    }

    /** Names the class, never the key. */
    @Override
    public String toString() {
        return "OpeningKey[secret]";
    }
}
