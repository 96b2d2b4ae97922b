// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

/** Sums on colours that are packed as {@code 0xRRGGBB}. */
final class Rgb {

    static final int MASK = 0xFFFFFF;

    private static final int MAX = 255;

    private Rgb() {}

    static int of(double red, double green, double blue) {
        return level(red) << 16 | level(green) << 8 | level(blue);
    }

    /** One of the three channels: 0 is red, 1 green, 2 blue. */
    static int channel(int rgb, int index) {
        return rgb >> (16 - 8 * index) & MAX;
    }

    /** How bright a colour looks (Rec. 601), from 0 to 255; whole numbers, so that equal areas compare as equal. */
    static int luma(int rgb) {
        return (299 * channel(rgb, 0) + 587 * channel(rgb, 1) + 114 * channel(rgb, 2) + 500) / 1000;
    }

    static int mix(int from, int to, double part) {
        return of(mix(from, to, part, 0), mix(from, to, part, 1), mix(from, to, part, 2));
    }

    static int brighter(int rgb, double by) {
        return of(channel(rgb, 0) + by, channel(rgb, 1) + by, channel(rgb, 2) + by);
    }

    /** A colour with alpha in its top byte, laid on white paper: what a viewer shows. */
    static int onWhite(int argb) {
        int alpha = argb >>> 24;
        return alpha == MAX ? argb & MASK : mix(MASK, argb & MASK, alpha / (double) MAX);
    }

    static String hex(int rgb) {
        return String.format("#%06x", rgb);
    }

    private static double mix(int from, int to, double part, int index) {
        int start = channel(from, index);
        return start + part * (channel(to, index) - start);
    }

    private static int level(double value) {
        return (int) Math.max(0, Math.min(MAX, Math.round(value)));
    }
}
