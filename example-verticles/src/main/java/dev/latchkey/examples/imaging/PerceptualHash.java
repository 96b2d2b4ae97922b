// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import java.util.HexFormat;

/**
 * A 64-bit difference hash (dHash): pictures that look alike have hashes that differ in few bits.
 *
 * <p>The picture is averaged down to 9 by 8 shades of grey. Each of the 8 rows gives 8 bits, one per pair of
 * neighbours: 1 if the right one is brighter. Size, format, compression, brightness and contrast hardly change which
 * of two neighbours is the brighter one; a different picture changes about half of them. It needs no cosine
 * transform, and unlike the mean-based aHash it survives a change of gamma. It does not survive cropping or turning,
 * and it is no cryptographic hash: anyone can construct a picture with a wanted value.
 *
 * <p>A picture without any step from left to right, such as a blank one, hashes to {@link #NOTHING}: there is nothing
 * in it that could be recognised again.
 */
public final class PerceptualHash {

    /** The hash of a picture that has no features, or that was not decoded; it equals no other. */
    public static final long NOTHING = 0;

    private static final int ROWS = 8;
    private static final int PAIRS = 8;
    private static final HexFormat HEX = HexFormat.of();

    private PerceptualHash() {}

    static long of(Bitmap bitmap) {
        Bitmap grid = AreaScaler.scale(bitmap, PAIRS + 1, ROWS);
        long hash = 0;
        for (int bit = 0; bit < ROWS * PAIRS; bit++) {
            hash = hash << 1 | brightens(grid, bit % PAIRS, bit / PAIRS);
        }
        return hash;
    }

    /**
     * Counts the bits in which two hashes differ.
     *
     * @param a one hash
     * @param b another
     * @return 0 for pictures that look the same, about 32 for unrelated ones, 64 at most
     */
    public static int distance(long a, long b) {
        return Long.bitCount(a ^ b);
    }

    /**
     * Writes a hash.
     *
     * @param hash the hash
     * @return 16 hex digits
     */
    public static String toHex(long hash) {
        return HEX.toHexDigits(hash);
    }

    static long ofHex(String hex) {
        if (hex.length() != Long.BYTES * 2 || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("image facts: 'perceptualHash' is no hash; write 16 hex digits");
        }
        return HexFormat.fromHexDigitsToLong(hex);
    }

    private static long brightens(Bitmap grid, int x, int y) {
        return Rgb.luma(grid.at(x + 1, y)) > Rgb.luma(grid.at(x, y)) ? 1 : 0;
    }
}
