// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.ledger;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.ShortBufferException;
import org.jspecify.annotations.Nullable;

/** The JDK's AES-GCM, with a ledger of what it sealed. An encryption counts when it has come to its end. */
final class WatchedCipher extends CipherSpi {
    private final Cipher real;
    private final NonceLedger ledger;
    private boolean sealing;
    private long key;
    private long pair;

    WatchedCipher(Provider provider, NonceLedger ledger) throws GeneralSecurityException {
        this.real = Cipher.getInstance(WatchedProvider.AES_GCM, provider);
        this.ledger = ledger;
    }

    private void started(int mode, Key used) {
        sealing = mode == Cipher.ENCRYPT_MODE;
        if (sealing) {
            byte[] bytes = used.getEncoded();
            key = NonceLedger.fingerprint(bytes);
            pair = NonceLedger.fingerprint(bytes, real.getIV());
        }
    }

    private void finished() {
        if (sealing) {
            ledger.sealed(key, pair);
        }
    }

    @Override
    protected void engineInit(int mode, Key used, @Nullable SecureRandom random) throws InvalidKeyException {
        real.init(mode, used, random);
        started(mode, used);
    }

    @Override
    protected void engineInit(int mode, Key used, @Nullable AlgorithmParameterSpec how, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        real.init(mode, used, how, random);
        started(mode, used);
    }

    @Override
    protected void engineInit(int mode, Key used, @Nullable AlgorithmParameters how, @Nullable SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        real.init(mode, used, how, random);
        started(mode, used);
    }

    @Override
    protected byte[] engineDoFinal(byte[] in, int offset, int length)
            throws IllegalBlockSizeException, BadPaddingException {
        byte[] out = real.doFinal(in, offset, length);
        finished();
        return out;
    }

    @Override
    protected int engineDoFinal(byte[] in, int offset, int length, byte[] out, int outOffset)
            throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
        int written = real.doFinal(in, offset, length, out, outOffset);
        finished();
        return written;
    }

    @Override
    protected byte[] engineUpdate(byte[] in, int offset, int length) {
        return real.update(in, offset, length);
    }

    @Override
    protected int engineUpdate(byte[] in, int offset, int length, byte[] out, int outOffset)
            throws ShortBufferException {
        return real.update(in, offset, length, out, outOffset);
    }

    @Override
    protected void engineUpdateAAD(byte[] in, int offset, int length) {
        real.updateAAD(in, offset, length);
    }

    @Override
    protected void engineSetMode(String mode) throws NoSuchAlgorithmException {
        throw new NoSuchAlgorithmException(mode);
    }

    @Override
    protected void engineSetPadding(String padding) throws NoSuchPaddingException {
        throw new NoSuchPaddingException(padding);
    }

    @Override
    protected int engineGetBlockSize() {
        return real.getBlockSize();
    }

    @Override
    protected int engineGetOutputSize(int length) {
        return real.getOutputSize(length);
    }

    @Override
    protected byte[] engineGetIV() {
        return real.getIV();
    }

    @Override
    protected AlgorithmParameters engineGetParameters() {
        return real.getParameters();
    }
}
