// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A key of AES-256-GCM in the hands of somebody who does by hand what it is made of (NIST SP 800-38D): counter mode, and GHASH. */
final class GcmKey {
    private static final int NONCE_OFFSET = Integer.BYTES;

    private final SecretKeySpec key;
    private final Cipher cipher;
    private final Gf128 hash;

    GcmKey(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        try {
            this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        this.hash = Gf128.of(stream(new byte[Gf128.BYTES], Gf128.BYTES), 0);
    }

    private byte[] stream(byte[] counter, int length) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
            return cipher.doFinal(new byte[length]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What hides the tag of the message of this number: a block; behind it, what hides its text. */
    byte[] stream(long sequence, int textLength) {
        byte[] counter = ByteBuffer.allocate(Gf128.BYTES)
                .putLong(NONCE_OFFSET, sequence)
                .putInt(Gf128.BYTES - Integer.BYTES, 1)
                .array();
        return stream(counter, Gf128.BYTES + textLength);
    }

    /** What a ciphertext's last whole block is multiplied by in its tag: another block, the lengths, comes behind it. */
    Gf128 weightOfLastBlock() {
        return hash.times(hash);
    }

    /** The tag of a ciphertext. */
    Gf128 tag(long sequence, byte[] aad, byte[] ciphertext) {
        Gf128 sum = absorbed(absorbed(Gf128.ZERO, aad), ciphertext);
        Gf128 lengths = new Gf128((long) aad.length * Byte.SIZE, (long) ciphertext.length * Byte.SIZE);
        return sum.plus(lengths).times(hash).plus(Gf128.of(stream(sequence, 0), 0));
    }

    private Gf128 absorbed(Gf128 before, byte[] bytes) {
        Gf128 sum = before;
        for (int at = 0; at < bytes.length; at += Gf128.BYTES) {
            sum = sum.plus(Gf128.of(bytes, at)).times(hash);
        }
        return sum;
    }
}
