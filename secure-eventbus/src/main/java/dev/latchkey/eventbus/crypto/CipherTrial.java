// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows that a provider's AES-GCM (NIST SP 800-38D) does what another's does, in the way that messages are sealed and opened: in place,
 * at an offset, with associated data; and that it refuses what was changed.
 */
final class CipherTrial {
    /** None, less than a block, some blocks, and more than any provider takes at once by another way than small ones. */
    private static final int[] LENGTHS = {0, 7, 256, 20_000};

    private static final int OFFSET = 3;
    private static final SecretKeySpec KEY = new SecretKeySpec(counting(32), "AES");
    private static final byte[] AAD = counting(77);

    private final Provider tried;

    private CipherTrial(Provider tried) {
        this.tried = tried;
    }

    /**
     * Tries a provider.
     *
     * @throws IllegalArgumentException if it fails
     */
    static void require(Provider tried, Provider model) {
        try {
            for (int length : LENGTHS) {
                new CipherTrial(tried).require(length, seal(model, length));
            }
        } catch (GeneralSecurityException | RuntimeException | LinkageError e) {
            throw new IllegalArgumentException(
                    CipherProvider.PROPERTY + ": AES-GCM of the security provider '" + tried.getName()
                            + "' cannot be used here (" + e + "); leave the property out",
                    e);
        }
    }

    private void require(int length, byte[] expected) throws GeneralSecurityException {
        require(Arrays.equals(seal(tried, length), expected), "it seals otherwise than the JDK's");
        require(Arrays.equals(open(length, expected), counting(length)), "it does not open what the JDK's sealed");
        byte[] changed = expected.clone();
        changed[OFFSET + length] ^= 1;
        require(refuses(length, changed), "it opens what was changed");
    }

    private static void require(boolean holds, String otherwise) throws GeneralSecurityException {
        if (!holds) {
            throw new GeneralSecurityException(otherwise);
        }
    }

    private static byte[] seal(Provider provider, int length) throws GeneralSecurityException {
        byte[] bytes = new byte[OFFSET + length + AesGcm.TAG_LENGTH];
        System.arraycopy(counting(length), 0, bytes, OFFSET, length);
        ready(provider, Cipher.ENCRYPT_MODE, length).doFinal(bytes, OFFSET, length, bytes, OFFSET);
        return bytes;
    }

    private byte[] open(int length, byte[] sealed) throws GeneralSecurityException {
        return ready(tried, Cipher.DECRYPT_MODE, length).doFinal(sealed, OFFSET, length + AesGcm.TAG_LENGTH);
    }

    private boolean refuses(int length, byte[] changed) throws GeneralSecurityException {
        try {
            open(length, changed);
            return false;
        } catch (AEADBadTagException e) {
            return true;
        }
    }

    private static Cipher ready(Provider provider, int mode, int length) throws GeneralSecurityException {
        Cipher cipher = CipherProvider.newCipher(provider);
        byte[] nonce = ByteBuffer.allocate(12).putInt(length).array();
        cipher.init(mode, KEY, new GCMParameterSpec(AesGcm.TAG_LENGTH * Byte.SIZE, nonce));
        cipher.updateAAD(AAD, 0, AAD.length);
        return cipher;
    }

    private static byte[] counting(int length) {
        byte[] bytes = new byte[length];
        IntStream.range(0, length).forEach(i -> bytes[i] = (byte) i);
        return bytes;
    }
}
