// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Paints a picture that is made up from random numbers, but has what photographs have: large areas of light and
 * shade, things in front, texture. Only sums are used whose results Java fixes, so that a seed always paints the same.
 */
final class Scene {

    private static final int[][] SIZES = {{320, 240}, {400, 300}, {480, 360}, {640, 480}, {360, 480}};

    private final RandomGenerator random;
    private final List<Layer> layers = new ArrayList<>();

    private Scene(RandomGenerator random) {
        this.random = random;
    }

    static Bitmap paint(RandomGenerator random) {
        int[] size = SIZES[random.nextInt(SIZES.length)];
        return new Scene(random).compose().render(size[0], size[1]);
    }

    private Scene compose() {
        layers.add(Layer.gradient(colour(), colour(), colour(), colour()));
        layers.add(Layer.shade(new ValueNoise(4 + random.nextInt(3), random), 90));
        addShapes(4 + random.nextInt(5));
        layers.add(Layer.shade(new ValueNoise(12, random), 30));
        layers.add(Layer.shade(new ValueNoise(160, random), 6));
        return this;
    }

    private void addShapes(int count) {
        for (int i = 0; i < count; i++) {
            layers.add(random.nextBoolean() ? disc() : box());
        }
    }

    private Layer disc() {
        return Layer.disc(random.nextDouble(), random.nextDouble(), random.nextDouble(0.06, 0.25), colour());
    }

    private Layer box() {
        double left = random.nextDouble(-0.1, 0.8);
        double top = random.nextDouble(-0.1, 0.8);
        return Layer.box(left, top, random.nextDouble(0.1, 0.5), random.nextDouble(0.1, 0.5), colour());
    }

    private int colour() {
        return random.nextInt(Rgb.MASK + 1);
    }

    private Bitmap render(int width, int height) {
        int[] pixels = new int[width * height];
        for (int i = 0; i < pixels.length; i++) {
            int row = i / width;
            pixels[i] = point((i % width + 0.5) / width, (row + 0.5) / height);
        }
        return new Bitmap(width, height, pixels);
    }

    private int point(double x, double y) {
        int rgb = 0;
        for (Layer layer : layers) {
            rgb = layer.over(rgb, x, y);
        }
        return rgb;
    }
}
