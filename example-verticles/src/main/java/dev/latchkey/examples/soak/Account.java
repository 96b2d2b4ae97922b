// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import io.vertx.core.json.JsonObject;

/**
 * What became of the messages of some streams.
 *
 * @param sent messages that left their caller's hands, refused ones not counted
 * @param done requests that were answered, and sends that a handler got
 * @param lost requests that ended without an answer though their caller lived, and sends that no handler got
 * @param unknown requests whose caller was killed before it learned of their end
 * @param refused messages that were refused with a reason; no handler ran
 * @param doubled messages that handlers got more than once
 * @param reordered messages that a handler got behind a later one of their stream
 */
record Account(long sent, long done, long lost, long unknown, long refused, long doubled, long reordered) {
    static final Account EMPTY = new Account(0, 0, 0, 0, 0, 0, 0);

    Account plus(Account other) {
        return new Account(
                sent + other.sent,
                done + other.done,
                lost + other.lost,
                unknown + other.unknown,
                refused + other.refused,
                doubled + other.doubled,
                reordered + other.reordered);
    }

    /** True when every message that left its caller's hands was done once and in order. */
    boolean isWhole() {
        return lost == 0 && doubled == 0 && reordered == 0;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("sent", sent)
                .put("done", done)
                .put("lost", lost)
                .put("unknown", unknown)
                .put("refused", refused)
                .put("doubled", doubled)
                .put("reordered", reordered);
    }
}
