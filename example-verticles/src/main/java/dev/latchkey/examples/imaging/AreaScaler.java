// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

/**
 * Scales by averaging areas: each new pixel is the mean of exactly the surface it covers, parts of pixels included.
 *
 * <p>Nothing is skipped, so fine detail turns into its mean shade and not into a pattern of its own, whatever the
 * ratio. The axes are independent: one pass averages along the lines and turns the picture on its diagonal; two
 * passes make the whole. It averages the stored values and not light, which darkens checkerboards a little; for a
 * thumbnail that is a fair price.
 */
final class AreaScaler {

    private static final int CHANNELS = 3;

    private AreaScaler() {}

    static Bitmap scale(Bitmap source, int width, int height) {
        float[] narrowed = squeeze(unpack(source.pixels()), source.width(), source.height(), width);
        float[] scaled = squeeze(narrowed, source.height(), width, height);
        return new Bitmap(width, height, pack(scaled));
    }

    /** The size that fits into a square of the given edge with the aspect kept; nothing is ever enlarged. */
    static Bitmap fit(Bitmap source, int edge) {
        double factor = Math.min(1.0, (double) edge / Math.max(source.width(), source.height()));
        return scale(source, shrink(source.width(), factor), shrink(source.height(), factor));
    }

    private static int shrink(int side, double factor) {
        return (int) Math.max(1, Math.round(side * factor));
    }

    private static float[] squeeze(float[] lines, int length, int count, int newLength) {
        float[] turned = new float[newLength * count * CHANNELS];
        for (int line = 0; line < count; line++) {
            for (int i = 0; i < newLength; i++) {
                double from = (double) i * length / newLength;
                double to = (double) (i + 1) * length / newLength;
                average(lines, line * length, from, to, turned, i * count + line);
            }
        }
        return turned;
    }

    private static void average(float[] lines, int start, double from, double to, float[] turned, int target) {
        for (int i = (int) from; i < to; i++) {
            double covered = Math.min(i + 1.0, to) - Math.max(i, from);
            add(lines, start + i, covered / (to - from), turned, target);
        }
    }

    private static void add(float[] lines, int source, double weight, float[] turned, int target) {
        for (int c = 0; c < CHANNELS; c++) {
            turned[target * CHANNELS + c] += (float) (weight * lines[source * CHANNELS + c]);
        }
    }

    private static float[] unpack(int[] pixels) {
        float[] values = new float[pixels.length * CHANNELS];
        for (int i = 0; i < values.length; i++) {
            values[i] = Rgb.channel(pixels[i / CHANNELS], i % CHANNELS);
        }
        return values;
    }

    private static int[] pack(float[] values) {
        int[] pixels = new int[values.length / CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Rgb.of(values[i * CHANNELS], values[i * CHANNELS + 1], values[i * CHANNELS + 2]);
        }
        return pixels;
    }
}
