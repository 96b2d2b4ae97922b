// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/** Opaque pixels, row by row, one {@code 0xRRGGBB} each. No screen, font or graphics context is ever asked for. */
final class Bitmap {

    private final int width;
    private final int height;
    private final int[] pixels;

    Bitmap(int width, int height, int[] pixels) {
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    static Bitmap of(BufferedImage image) {
        int[] pixels = isGrey(image) ? greyPixels(image) : colourPixels(image);
        return new Bitmap(image.getWidth(), image.getHeight(), pixels);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The pixels themselves, not a copy. */
    int[] pixels() {
        return pixels;
    }

    int at(int x, int y) {
        return pixels[y * width + x];
    }

    Bitmap brighter(double by) {
        int[] brighter = new int[pixels.length];
        Arrays.setAll(brighter, i -> Rgb.brighter(pixels[i], by));
        return new Bitmap(width, height, brighter);
    }

    BufferedImage toImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.getRaster().setDataElements(0, 0, width, height, pixels);
        return image;
    }

    /** Java takes grey samples for linear light and would brighten them; files mean the same curve as for colours. */
    private static boolean isGrey(BufferedImage image) {
        boolean indexed = image.getColorModel() instanceof IndexColorModel;
        return !indexed && image.getColorModel().getNumColorComponents() == 1;
    }

    private static int[] greyPixels(BufferedImage image) {
        int[] pixels = samples(image.getRaster(), 0);
        if (image.getRaster().getNumBands() > 1) {
            layOnWhite(pixels, samples(image.getRaster(), 1));
        }
        Arrays.setAll(pixels, i -> Rgb.of(pixels[i], pixels[i], pixels[i]));
        return pixels;
    }

    private static void layOnWhite(int[] greys, int[] alphas) {
        Arrays.setAll(greys, i -> 255 + (greys[i] - 255) * alphas[i] / 255);
    }

    /** One band, brought to 8 bits. */
    private static int[] samples(Raster raster, int band) {
        int[] samples = raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), band, (int[]) null);
        int surplus = raster.getSampleModel().getSampleSize(band) - 8;
        Arrays.setAll(samples, i -> samples[i] >> surplus);
        return samples;
    }

    private static int[] colourPixels(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        Arrays.setAll(pixels, i -> Rgb.onWhite(pixels[i]));
        return pixels;
    }
}
