// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import java.nio.ByteBuffer;

/**
 * An element of GF(2^128) as GCM counts its bits (NIST SP 800-38D, 6.3): the first bit of the first byte is the coefficient of x^0.
 *
 * @param high the first eight bytes
 * @param low the other eight
 */
record Gf128(long high, long low) {
    static final int BYTES = 2 * Long.BYTES;
    static final Gf128 ZERO = new Gf128(0, 0);
    private static final long REDUCTION = 0xe1L << 56;
    private static final int BITS = 128;

    /** The block at an offset; what is beyond the end is zero. */
    static Gf128 of(byte[] bytes, int offset) {
        byte[] block = new byte[BYTES];
        System.arraycopy(bytes, offset, block, 0, Math.min(BYTES, bytes.length - offset));
        ByteBuffer buffer = ByteBuffer.wrap(block);
        return new Gf128(buffer.getLong(), buffer.getLong());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    Gf128 plus(Gf128 other) {
        return new Gf128(high ^ other.high, low ^ other.low);
    }

    Gf128 times(Gf128 other) {
        Gf128 product = ZERO;
        Gf128 shifted = other;
        for (int bit = 0; bit < BITS; bit++) {
            product = has(bit) ? product.plus(shifted) : product;
            shifted = shifted.timesX();
        }
        return product;
    }

    private boolean has(int bit) {
        return ((bit < Long.SIZE ? high : low) << bit) < 0;
    }

    private Gf128 timesX() {
        long reduced = (low & 1) == 0 ? 0 : REDUCTION;
        return new Gf128(high >>> 1 ^ reduced, low >>> 1 | high << 63);
    }

    /** The 2^128 - 2nd power: the product of all squares of squares. */
    Gf128 inverse() {
        Gf128 square = times(this);
        Gf128 power = square;
        for (int i = 2; i < BITS; i++) {
            square = square.times(square);
            power = power.times(square);
        }
        return power;
    }
}
