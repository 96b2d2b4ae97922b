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

    // Keys of one direction that are made one after the other are used side by side, and so get places of their own.
    private static final AtomicInteger SEALING = new AtomicInteger();
    private static final AtomicInteger OPENING = new AtomicInteger();

    private final transient SecretBytes content;
    private final int place;

    private AesKey(SecretBytes content, int place) {
        this.content = content;
        this.place = place;
    }

    /** A key that many messages are sealed with: a copy of the secret, which must be an AES-256 key. */
    static AesKey forSealing(SecretBytes key) {
        return copyOf(key, SEALING);
    }

    /** A key that many messages are opened with: a copy of the secret, which must be an AES-256 key. */
    static AesKey forOpening(SecretBytes key) {
        return copyOf(key, OPENING);
    }

    /** A key for one message. Takes the secret over. */
    static AesKey forOneUse(SecretBytes content) {
        return new AesKey(content, ThreadCiphers.ONE_USE);
    }

    private static AesKey copyOf(SecretBytes key, AtomicInteger made) {
        if (key.length() != KeySchedule.KEY_LENGTH) {
            throw new IllegalArgumentException("AES-256 key is not 32 bytes: " + key.length());
        }
        int place = Math.floorMod(made.getAndIncrement(), ThreadCiphers.PLACES);
        return new AesKey(SecretBytes.taking(key.copy()), place);
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
