// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.SecretKey;

/**
 * An AES key that really can be destroyed, unlike {@link javax.crypto.spec.SecretKeySpec}. A destroyed key refuses
 * to encode itself, so a cipher can never be set up with a half-erased one. Safe for use by several threads.
 */
final class AesKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    /** Keys that are made one after the other are used side by side, and so get places of their own. */
    private static final AtomicInteger MADE = new AtomicInteger();

    private final transient SecretBytes content;
    private final int place = Math.floorMod(MADE.getAndIncrement(), ThreadCiphers.PLACES);

    /** Takes the secret over. */
    AesKey(SecretBytes content) {
        this.content = content;
    }

    /** Copies the secret, which must be an AES-256 key. */
    static AesKey ofLength32(SecretBytes key) {
        if (key.length() != KeySchedule.KEY_LENGTH) {
            throw new IllegalArgumentException("AES-256 key is not 32 bytes: " + key.length());
        }
        return new AesKey(SecretBytes.taking(key.copy()));
    }

    /** Where each thread keeps the cipher that it uses for this key. */
    int place() {
        return place;
    }

    @Override
    public String getAlgorithm() {
        return "AES";
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return content.copy();
    }

    @Override
    public void destroy() {
        content.close();
        ThreadCiphers.forget(this);
    }

    @Override
    public boolean isDestroyed() {
        return content.isErased();
    }

    @Override
    public String toString() {
        return "AesKey[secret]";
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(AesKey.class.getName());
    }
}
