// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** A box of the colour cube, known by the pixels that lie in it. */
final class ColourBox {

    private static final int CHANNELS = 3;

    private final int[] pixels;
    private final int widest;

    ColourBox(int[] pixels) {
        this.pixels = pixels;
        this.widest = widestChannel();
    }

    int size() {
        return pixels.length;
    }

    /** The length of the longest side, from 0 to 255. */
    int range() {
        return range(widest);
    }

    /** How much a cut would tell: many pixels, far apart. */
    long worth() {
        return (long) range() * size();
    }

    int mean() {
        return Rgb.of(mean(0), mean(1), mean(2));
    }

    /** Cuts across the longest side, at its mean. Neither half is empty, given a range above 0. */
    List<ColourBox> split() {
        double cut = mean(widest);
        return List.of(part(level -> level < cut), part(level -> level >= cut));
    }

    private ColourBox part(IntPredicate side) {
        return new ColourBox(Arrays.stream(pixels)
                .filter(rgb -> side.test(Rgb.channel(rgb, widest)))
                .toArray());
    }

    private int widestChannel() {
        int best = 0;
        for (int c = 1; c < CHANNELS; c++) {
            best = range(c) > range(best) ? c : best;
        }
        return best;
    }

    private int range(int channel) {
        var levels = Arrays.stream(pixels).map(rgb -> Rgb.channel(rgb, channel)).summaryStatistics();
        return levels.getMax() - levels.getMin();
    }

    private double mean(int channel) {
        return Arrays.stream(pixels)
                .map(rgb -> Rgb.channel(rgb, channel))
                .average()
                .orElse(0);
    }
}
