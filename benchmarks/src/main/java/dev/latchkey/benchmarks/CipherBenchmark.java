// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks;

import dev.latchkey.eventbus.crypto.CipherProvider;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The AES-256-GCM that Latchkey uses here, alone, with as much associated data as a request of {@link SealAndOpenBenchmark} has: the floor
 * under its figures.
 */
@State(Scope.Thread)
public class CipherBenchmark {
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int TAG_BITS = 128;
    private static final int KEY_LENGTH = 32;
    private static final int NONCE_LENGTH = 12;
    private static final int AAD_LENGTH = 74;

    /** Bytes of content. */
    @Param({"256", "4096"})
    public int size;

    private final byte[] aad = new byte[AAD_LENGTH];
    private final SecretKeySpec key = randomKey();

    private byte[] content = new byte[0];
    private byte[] sealed = new byte[0];
    private byte[] out = new byte[0];
    private long sequence;

    @SuppressWarnings("NullAway.Init")
    private Cipher cipher;

    private static SecretKeySpec randomKey() {
        byte[] secret = new byte[KEY_LENGTH];
        new SecureRandom().nextBytes(secret);
        return new SecretKeySpec(secret, "AES");
    }

    /** Makes one sealed message, under the nonce 0. */
    @Setup
    public void setUp() throws GeneralSecurityException {
        cipher = Cipher.getInstance(TRANSFORMATION, CipherProvider.provider());
        content = new byte[size];
        sealed = new byte[size + TAG_BITS / Byte.SIZE];
        crypt(Cipher.ENCRYPT_MODE, 0, content, sealed);
        out = new byte[sealed.length];
    }

    /** Content to ciphertext. */
    @Benchmark
    public byte[] seal() throws GeneralSecurityException {
        return crypt(Cipher.ENCRYPT_MODE, ++sequence, content, out);
    }

    /** Ciphertext to content. */
    @Benchmark
    public byte[] open() throws GeneralSecurityException {
        return crypt(Cipher.DECRYPT_MODE, 0, sealed, out);
    }

    private byte[] crypt(int mode, long nonce, byte[] in, byte[] to) throws GeneralSecurityException {
        byte[] iv = ByteBuffer.allocate(NONCE_LENGTH).putInt(0).putLong(nonce).array();
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(aad);
        cipher.doFinal(in, 0, in.length, to);
        return to;
    }
}
