// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What the suite saw.
 *
 * @param whole false when only some attacks were chosen
 * @param heaps the victims' heaps around the floods; empty when there were none
 * @param leaks names of secrets that the wiretap saw, with how often
 * @param controlSeen whether the wiretap saw the one plaintext that it must
 * @param wireBytes bytes that the wiretap searched
 */
record AttackReport(
        boolean whole,
        List<AttackRow> rows,
        HonestTraffic honest,
        List<HeapGrowth> heaps,
        List<String> leaks,
        boolean controlSeen,
        long wireBytes) {
    static final int LEAST_ATTACKS = 60;

    /** Without the controls, which are no attacks. */
    long attacks() {
        return rows.stream().filter(row -> !row.control()).count();
    }

    /** What did not hold, in words; empty when all did. */
    List<String> failings() {
        List<String> failings = new ArrayList<>();
        rows.stream().filter(row -> !row.held()).forEach(row -> failings.add(failing(row)));
        check(failings, honest.sent() > 0, "there was no honest traffic");
        check(failings, honest.lost() == 0, honest.lost() + " honest requests were lost");
        check(failings, leaks.isEmpty(), "plaintext on the wire: " + leaks);
        check(
                failings,
                controlSeen,
                "the wiretap missed a plaintext that it had to see, so its silence proves nothing");
        check(failings, !whole || attacks() >= LEAST_ATTACKS, "only " + attacks() + " attacks were made");
        check(failings, !whole || !heaps.isEmpty(), "no victim's heap was measured");
        heaps.stream()
                .filter(heap -> !heap.bounded())
                .forEach(heap -> failings.add("the heap of " + heap.node() + " grew from " + heap.before() + " to "
                        + heap.after() + " bytes"));
        return failings;
    }

    private static String failing(AttackRow row) {
        return (row.control() ? "a control did not arrive: " : "an attack was not held off: ") + row.name()
                + ": expected "
                + row.expected() + ", saw " + row.seen() + (row.handlerReached() ? ", a handler was reached" : "")
                + (row.plaintextSeen() ? ", plaintext was seen" : "");
    }

    private static void check(List<String> failings, boolean holds, String otherwise) {
        if (!holds) {
            failings.add(otherwise);
        }
    }

    JsonObject toJson() {
        JsonArray attacks = new JsonArray();
        rows.forEach(row -> attacks.add(row.toJson()));
        JsonArray growth = new JsonArray();
        heaps.forEach(heap -> growth.add(heap.toJson()));
        return new JsonObject()
                .put("attacks", attacks())
                .put("controls", rows.size() - attacks())
                .put("held", rows.stream().filter(AttackRow::held).count())
                .put("rows", attacks)
                .put("honestTraffic", honest.toJson())
                .put("heaps", growth)
                .put("wireBytes", wireBytes)
                .put("plaintextOnWire", !leaks.isEmpty())
                .put("plaintextControlSeen", controlSeen)
                .put("failings", new JsonArray(failings()));
    }
}
