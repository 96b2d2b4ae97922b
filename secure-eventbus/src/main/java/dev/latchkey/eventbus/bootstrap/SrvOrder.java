// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/** In which order the targets of SRV records are tried: by priority, and among equals drawn by weight (RFC 2782, page 4). */
final class SrvOrder {
    private SrvOrder() {}

    /**
     * Orders them.
     *
     * @param random a number from 0 to below its argument
     */
    static List<Srv> of(List<Srv> records, IntUnaryOperator random) {
        SortedMap<Integer, List<Srv>> byPriority = new TreeMap<>();
        records.forEach(record -> byPriority
                .computeIfAbsent(record.priority(), first -> new ArrayList<>())
                .add(record));
        List<Srv> ordered = new ArrayList<>();
        byPriority.values().forEach(equals -> draw(equals, ordered, random));
        return ordered;
    }

    /** Those of weight 0 stand in front, so that they are drawn now and then. */
    private static void draw(List<Srv> left, List<Srv> ordered, IntUnaryOperator random) {
        left.sort(Comparator.comparing(record -> record.weight() > 0));
        while (!left.isEmpty()) {
            int sum = left.stream().mapToInt(Srv::weight).sum();
            ordered.add(left.remove(first(left, random.applyAsInt(sum + 1))));
        }
    }

    /** The first whose running sum reaches the number that was drawn. */
    private static int first(List<Srv> records, int drawn) {
        int sum = 0;
        for (int i = 0; i < records.size(); i++) {
            sum += records.get(i).weight();
            if (sum >= drawn) {
                return i;
            }
        }
        throw new IllegalArgumentException("more was drawn than there is weight");
    }
}
