// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * Seals messages with AES-256-GCM (RFC 5116), and owns the counter that their nonces come from.
 *
 * <p>GCM fails utterly if one nonce is used twice under one key: the attacker learns the XOR of two plaintexts, and
 * can forge. So there must be only one {@code SealingKey} for a key, in one JVM, for as long as the key lives; and
 * the sequence number that {@link #claim} gives may be sealed <strong>once</strong>. The two are apart because the
 * number is claimed where messages are ordered and used later, perhaps on another thread.
 *
 * <p>Safe for use by several threads.
 */
public final class SealingKey implements AutoCloseable {
    /** How many bytes longer a sealed message is. */
    public static final int TAG_LENGTH = AesGcm.TAG_LENGTH;

    private static final AtomicLongFieldUpdater<SealingKey> NEXT =
            AtomicLongFieldUpdater.newUpdater(SealingKey.class, "next");

    private final AesKey key;
    private volatile long next;

    /**
     * Makes a sealing key that starts to count at 0.
     *
     * @param key 32 bytes, which are copied: the argument stays the caller's to close
     * @throws IllegalArgumentException if the key is not 32 bytes
     * @throws IllegalStateException if the key was erased
     */
    public SealingKey(SecretBytes key) {
        this(key, 0);
    }

    /** For tests: starts to count near the end. */
    SealingKey(SecretBytes key, long first) {
        this.key = AesKey.forSealing(key);
        this.next = first;
    }

    /**
     * Returns the next sequence number, from 0 upwards; no two calls get the same one.
     *
     * @throws IllegalStateException if 2<sup>48</sup> numbers were claimed, after which the key is used up
     */
    public long claim() {
        long sequence = NEXT.getAndIncrement(this);
        if (sequence >= AesGcm.SEQUENCE_LIMIT) {
            throw new IllegalStateException("key is used up");
        }
        return sequence;
    }

    /** A number that is above each that was claimed so far, and at first 0. */
    public long claimed() {
        return next;
    }

    /**
     * Seals a message, writing {@code inLength + 16} bytes: ciphertext, then tag. The nonce is four zero bytes and
     * the sequence number. Input and output may be one array.
     *
     * <p><strong>Seal each claimed sequence number once.</strong> Nothing here can notice a second time reliably.
     *
     * @param sequence from {@link #claim} of this very key
     * @param aad bytes that are bound to the message but not part of it
     * @param aadLength how many bytes of {@code aad} count, from its start
     * @throws IllegalArgumentException if the sequence number was never claimed
     * @throws IllegalStateException if the key was closed
     * @throws IndexOutOfBoundsException if a range is outside its array
     */
    public void seal(
            long sequence,
            byte[] aad,
            int aadLength,
            byte[] in,
            int inOffset,
            int inLength,
            byte[] out,
            int outOffset) {
        requireClaimed(sequence);
        AesGcm.encrypt(key, sequence, aad, aadLength, in, inOffset, inLength, out, outOffset);
    }

    /** Erases the key; closing again does nothing. */
    @Override
    public void close() {
        key.destroy();
    }

    /** Names the class, never the key. */
    @Override
    public String toString() {
        return "SealingKey[secret]";
    }

    // It catches a number that was made up or belongs to another key, which is how nonces come to repeat.
    private void requireClaimed(long sequence) {
        if (sequence < 0 || sequence >= Math.min(next, AesGcm.SEQUENCE_LIMIT)) {
            throw new IllegalArgumentException("sequence number was never claimed: " + sequence);
        }
    }
}
