// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
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

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    // Its bytes stand in the object: of many keys that are used in turn none is in a processor's caches, and each
    // object is one more
    // to fetch. Never written but to be erased.
    private transient long first;
    private transient long second;
    private transient long third;
    private transient long fourth;

    /** Set before the bytes are erased: whoever reads them first and this afterwards, and finds it unset, has read no zeros. */
    private transient volatile boolean erased;

    private final int number;
    private final int place;

    private AesKey(byte[] content, int number, int place) {
        this.first = (long) LONGS.get(content, 0);
        this.second = (long) LONGS.get(content, Long.BYTES);
        this.third = (long) LONGS.get(content, 2 * Long.BYTES);
        this.fourth = (long) LONGS.get(content, 3 * Long.BYTES);
        this.number = number;
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
        try (content) {
            return copyOf(content, 0, ThreadCiphers.ONE_USE);
        }
    }

    private static AesKey copyOf(SecretBytes key, AtomicInteger made) {
        int number = made.incrementAndGet();
        return copyOf(key, number, Math.floorMod(number, ThreadCiphers.PLACES));
    }

    private static AesKey copyOf(SecretBytes key, int number, int place) {
        if (key.length() != KeySchedule.KEY_LENGTH) {
            throw new IllegalArgumentException("AES-256 key is not 32 bytes: " + key.length());
        }
        return key.lend(content -> new AesKey(content, number, place));
    }

    /** Which one it is of its direction; another one has it only after 2^32 others. */
    int number() {
        return number;
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
        byte[] encoded = new byte[KeySchedule.KEY_LENGTH];
        LONGS.set(encoded, 0, first);
        LONGS.set(encoded, Long.BYTES, second);
        LONGS.set(encoded, 2 * Long.BYTES, third);
        LONGS.set(encoded, 3 * Long.BYTES, fourth);
        VarHandle.loadLoadFence();
        if (erased) {
            Arrays.fill(encoded, (byte) 0);
            throw new IllegalStateException("secret was erased");
        }
        return encoded;
    }

    @Override
    public void destroy() {
        erased = true;
        VarHandle.storeStoreFence();
        first = 0;
        second = 0;
        third = 0;
        fourth = 0;
        ThreadCiphers.forget(this);
    }

    @Override
    public boolean isDestroyed() {
        return erased;
    }

    @Override
    public String toString() {
        return "AesKey[secret]";
    }

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(AesKey.class.getName());
    }
}
