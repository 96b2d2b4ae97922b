// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The few colours of a picture, by median cut (Heckbert, 1982) with one change.
 *
 * <p>All pixels start in one box of the colour cube. The box with the most to tell is cut in two, again and again,
 * until there are five boxes or none is wide enough: colours that nobody can tell apart count as one, so that a blank
 * page stays one colour despite its noise. Each box answers with its mean.
 *
 * <p>The change: a box is cut at its mean and not at its median. A median gives every picture about the same shares,
 * and throws a small dark figure together with half of its bright background; the mean cuts between the two.
 */
final class Palette {

    static final int MAX_COLOURS = 5;

    /** A box narrower than this (of 256 levels) is one colour to the eye. */
    private static final int LEAST_RANGE = 24;

    private Palette() {}

    static List<DominantColour> of(Bitmap bitmap) {
        List<ColourBox> boxes = new ArrayList<>(List.of(new ColourBox(bitmap.pixels())));
        while (boxes.size() < MAX_COLOURS && splitBest(boxes)) {
            // each round adds one box
        }
        return colours(boxes, bitmap.pixels().length);
    }

    private static boolean splitBest(List<ColourBox> boxes) {
        var best = boxes.stream()
                .filter(box -> box.range() >= LEAST_RANGE)
                .max(Comparator.comparingLong(ColourBox::worth));
        best.ifPresent(box -> replace(boxes, box));
        return best.isPresent();
    }

    private static void replace(List<ColourBox> boxes, ColourBox box) {
        boxes.remove(box);
        boxes.addAll(box.split());
    }

    private static List<DominantColour> colours(List<ColourBox> boxes, int total) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        boxes.forEach(box -> sizes.merge(Rgb.hex(box.mean()), box.size(), Integer::sum));
        return sizes.entrySet().stream()
                .map(entry -> new DominantColour(entry.getKey(), (double) entry.getValue() / total))
                .sorted(Comparator.comparingDouble(DominantColour::share).reversed())
                .toList();
    }
}
