// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;

/**
 * AES-GCM (NIST SP 800-38D, RFC 5116) with a 16-byte tag, under a nonce that is a counter.
 *
 * <p>A JCA provider does the work whose GCM runs on the processor's AES and GHASH instructions ({@link CipherProvider}). Each thread has
 * ciphers of its own ({@link ThreadCiphers}). Each keeps its last key's round keys, which there is no way to wipe; so closing a key
 * erases ours, and drops the ciphers that last used it.
 */
final class AesGcm {
    static final int TAG_LENGTH = 16;

    /** Sequence numbers are below this bound; it keeps one key's use far inside the limits of GCM. */
    static final long SEQUENCE_LIMIT = 1L << 48;

    private AesGcm() {}

    /**
     * Encrypts, writing {@code inLength + 16} bytes.
     *
     * @throws IllegalStateException if the key was destroyed, or the JDK sees the pair of key and nonce again
     * @throws IndexOutOfBoundsException if a range is outside its array
     */
    static void encrypt(
            AesKey key,
            long sequence,
            byte[] aad,
            int aadLength,
            byte[] in,
            int inOffset,
            int inLength,
            byte[] out,
            int outOffset) {
        Objects.checkFromIndexSize(inOffset, inLength, in.length);
        Objects.checkFromIndexSize(outOffset, Math.addExact(inLength, TAG_LENGTH), out.length);
        Objects.checkFromIndexSize(0, aadLength, aad.length);
        ThreadCiphers ciphers = ThreadCiphers.take(Cipher.ENCRYPT_MODE);
        try {
            Cipher cipher = ciphers.ready(Cipher.ENCRYPT_MODE, key, sequence);
            cipher.updateAAD(aad, 0, aadLength);
            cipher.doFinal(in, inOffset, inLength, out, outOffset);
            ciphers.giveBack();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    /**
     * Decrypts, writing {@code inLength - 16} bytes; none of them is plaintext unless the tag is good.
     *
     * @throws OpenFailedException if the bytes are too short, or were not sealed like this
     * @throws IllegalStateException if the key was destroyed
     * @throws IndexOutOfBoundsException if a range is outside its array
     */
    static void decrypt(
            AesKey key, long sequence, byte[] aad, int aadLength, byte[] in, int inOffset, int inLength, byte[] out)
            throws OpenFailedException {
        Objects.checkFromIndexSize(inOffset, inLength, in.length);
        requireTag(inLength);
        Objects.checkFromIndexSize(0, inLength - TAG_LENGTH, out.length);
        Objects.checkFromIndexSize(0, aadLength, aad.length);
        ThreadCiphers ciphers = ThreadCiphers.take(Cipher.DECRYPT_MODE);
        try {
            Cipher cipher = ciphers.ready(Cipher.DECRYPT_MODE, key, sequence);
            cipher.updateAAD(aad, 0, aadLength);
            cipher.doFinal(in, inOffset, inLength, out);
            ciphers.giveBack();
        } catch (AEADBadTagException e) {
            // It has done all of its work.
            ciphers.giveBack();
            throw new OpenFailedException();
        } catch (GeneralSecurityException | ProviderException e) {
            throw new OpenFailedException();
        }
    }

    // JDK 17 answers too short an input with a ProviderException, which would pass for a fault of ours.
    private static void requireTag(int inLength) throws OpenFailedException {
        if (inLength < TAG_LENGTH) {
            throw new OpenFailedException();
        }
    }
}
