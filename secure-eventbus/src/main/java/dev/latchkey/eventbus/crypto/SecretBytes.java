// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.lang.invoke.VarHandle;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Secret bytes that can be erased, never print themselves and compare in constant time.
 *
 * <p>Erasing overwrites this object's array with zeros. It cannot reach copies that a garbage collector left behind
 * while moving the array, nor those that a cipher's implementation keeps: it shortens a secret's life, it does not
 * prove its absence.
 *
 * <p>Equality and hash code are those of identity, so that a collection cannot leak the content by its timing. Safe
 * for use by several threads: an erasure is visible to all at once, and no thread ever sees a half-erased secret.
 */
public final class SecretBytes implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Never written but to be erased. */
    private final byte[] content;

    /** Set before the content is erased: whoever reads the content first and this afterwards, and finds it unset, has read no zeros. */
    private volatile boolean erased;

    private SecretBytes(byte[] content) {
        this.content = content;
    }

    /**
     * Makes a secret from the platform's secure random source.
     *
     * @param length the number of bytes
     * @throws NegativeArraySizeException if the length is negative
     */
    public static SecretBytes random(int length) {
        byte[] content = new byte[length];
        RANDOM.nextBytes(content);
        return taking(content);
    }

    /** Makes a secret of a copy of these bytes; the array stays the caller's, to wipe when it is done with it. */
    public static SecretBytes copyOf(byte[] content) {
        return taking(content.clone());
    }

    /** Makes a secret of this very array, without copying; the caller must not touch it again. */
    public static SecretBytes taking(byte[] content) {
        return new SecretBytes(content);
    }

    /** Returns the number of bytes; it stays known after the erasure. */
    public int length() {
        return content.length;
    }

    /**
     * Returns a copy of the content, which is the caller's to wipe.
     *
     * @throws IllegalStateException if the secret was erased
     */
    public byte[] copy() {
        byte[] copy = content.clone();
        VarHandle.loadLoadFence();
        if (erased) {
            Arrays.fill(copy, (byte) 0);
            throw wasErased();
        }
        return copy;
    }

    /**
     * Whether the other secret has the same content, in a time that depends on the lengths only.
     *
     * @throws IllegalStateException if either secret was erased
     */
    public boolean sameAs(SecretBytes other) {
        // Copies first: holding both locks at once could deadlock with a comparison the other way round.
        return other.lend(this::sameAs);
    }

    /**
     * Whether these bytes are the content, in a time that depends on the lengths only.
     *
     * @throws IllegalStateException if the secret was erased
     */
    public boolean sameAs(byte[] other) {
        boolean same = MessageDigest.isEqual(content, other);
        VarHandle.loadLoadFence();
        if (erased) {
            throw wasErased();
        }
        return same;
    }

    /** Whether the content was erased. */
    public boolean isErased() {
        return erased;
    }

    /** Overwrites the content with zeros; closing again does nothing. */
    @Override
    public void close() {
        erased = true;
        VarHandle.storeStoreFence();
        Arrays.fill(content, (byte) 0);
    }

    /** Returns the length, or that the secret was erased; never the content. */
    @Override
    public String toString() {
        return "SecretBytes[" + (isErased() ? "erased" : length() + " bytes") + "]";
    }

    /**
     * Lends a copy of the content for the time of one call, and wipes it afterwards.
     *
     * @throws IllegalStateException if the secret was erased
     */
    <T> T lend(Function<byte[], T> use) {
        byte[] copy = copy();
        try {
            return use.apply(copy);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    private static IllegalStateException wasErased() {
        return new IllegalStateException("secret was erased");
    }
}
