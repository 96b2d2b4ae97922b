// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * HKDF with SHA-256 (RFC 5869): turns key material into keys that are independent of each other.
 *
 * <p>It stretches nothing: input of low entropy gives keys of low entropy. Stateless, so safe for use by several
 * threads.
 */
public final class Hkdf {
    /** Length of a pseudorandom key in bytes. */
    private static final int HASH_LENGTH = HmacSha256.LENGTH;

    /** The longest output in bytes: the block counter is one byte (RFC 5869, section 2.3). */
    private static final int MAX_LENGTH = 255 * HASH_LENGTH;

    private Hkdf() {}

    /**
     * HKDF-Extract (RFC 5869, section 2.2).
     *
     * @param salt need not be secret; an empty one counts as 32 zero bytes
     * @param ikm the input keying material
     * @return a pseudorandom key of 32 bytes
     */
    public static byte[] extract(byte[] salt, byte[] ikm) {
        return HmacSha256.of(salt, ikm);
    }

    /**
     * HKDF-Expand (RFC 5869, section 2.3).
     *
     * @param prk a pseudorandom key of at least 32 bytes
     * @param info what the output is for; different infos give independent outputs
     * @param length of the output in bytes, from 1 to 8160
     * @throws IllegalArgumentException if the key is too short or the length is out of bounds
     */
    public static byte[] expand(byte[] prk, byte[] info, int length) {
        requireKey(prk);
        requireLength(length);
        HKDFBytesGenerator generator = new HKDFBytesGenerator(SHA256Digest.newInstance());
        generator.init(HKDFParameters.skipExtractParameters(prk, info));
        byte[] out = new byte[length];
        generator.generateBytes(out, 0, length);
        return out;
    }

    /**
     * Extract, then expand (RFC 5869, section 2).
     *
     * @param ikm the input keying material
     * @param salt need not be secret; an empty one counts as 32 zero bytes
     * @param info what the output is for
     * @param length of the output in bytes, from 1 to 8160
     * @throws IllegalArgumentException if the length is out of bounds
     */
    public static byte[] derive(byte[] ikm, byte[] salt, byte[] info, int length) {
        byte[] prk = extract(salt, ikm);
        try {
            return expand(prk, info, length);
        } finally {
            Arrays.fill(prk, (byte) 0);
        }
    }

    private static void requireKey(byte[] prk) {
        if (prk.length < HASH_LENGTH) {
            throw new IllegalArgumentException("pseudorandom key is shorter than 32 bytes");
        }
    }

    private static void requireLength(int length) {
        if (length < 1 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("output length is not from 1 to " + MAX_LENGTH + ": " + length);
        }
    }
}
