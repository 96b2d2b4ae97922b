// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

/** Something that is painted over what is already there. Both axes run from 0 to 1. */
@FunctionalInterface
interface Layer {

    /** The colour at a point, given the one beneath. */
    int over(int rgb, double x, double y);

    /** Four corner colours that run into each other: a sky, a wall. */
    static Layer gradient(int topLeft, int topRight, int bottomLeft, int bottomRight) {
        return (rgb, x, y) -> Rgb.mix(Rgb.mix(topLeft, topRight, x), Rgb.mix(bottomLeft, bottomRight, x), y);
    }

    /** A disc with a soft rim: a face, a lamp. */
    static Layer disc(double centreX, double centreY, double radius, int colour) {
        double rim = radius / 8;
        return (rgb, x, y) -> {
            double distance = Math.sqrt((x - centreX) * (x - centreX) + (y - centreY) * (y - centreY));
            return Rgb.mix(rgb, colour, Math.max(0, Math.min(1, (radius - distance) / rim)));
        };
    }

    /** A box with hard edges, half see-through: a window, a sign. */
    static Layer box(double left, double top, double width, double height, int colour) {
        return (rgb, x, y) -> {
            boolean inside = x >= left && x < left + width && y >= top && y < top + height;
            return inside ? Rgb.mix(rgb, colour, 0.8) : rgb;
        };
    }

    /** Light and shade from a noise. */
    static Layer shade(ValueNoise noise, double amplitude) {
        return (rgb, x, y) -> Rgb.brighter(rgb, amplitude * noise.at(x, y));
    }
}
