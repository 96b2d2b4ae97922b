// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import java.util.random.RandomGenerator;

/** Smooth noise: random values on a grid, blended in between. A coarse grid gives clouds, a fine one film grain. */
final class ValueNoise {

    private final int cells;
    private final double[] values;

    ValueNoise(int cells, RandomGenerator random) {
        this.cells = cells;
        this.values = random.doubles((long) (cells + 1) * (cells + 1), -1, 1).toArray();
    }

    /** The value at a point of the unit square, from -1 to 1. */
    double at(double x, double y) {
        int column = cell(x);
        int row = cell(y);
        double partX = smooth(x * cells - column);
        double top = mix(value(column, row), value(column + 1, row), partX);
        double bottom = mix(value(column, row + 1), value(column + 1, row + 1), partX);
        return mix(top, bottom, smooth(y * cells - row));
    }

    private int cell(double coordinate) {
        return (int) Math.min(cells - 1.0, coordinate * cells);
    }

    private double value(int column, int row) {
        return values[row * (cells + 1) + column];
    }

    private static double mix(double from, double to, double part) {
        return from + part * (to - from);
    }

    /** Level at both ends, so that no grid line shows. */
    private static double smooth(double part) {
        return part * part * (3 - 2 * part);
    }
}
