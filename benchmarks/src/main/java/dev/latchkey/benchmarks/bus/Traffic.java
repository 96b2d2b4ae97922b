// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import io.vertx.core.json.JsonObject;

/**
 * What is sent.
 *
 * @param kind how
 * @param size bytes of each body
 * @param together how many callers or operations take turns with each other, before as many others do; 0 for all
 */
record Traffic(Kind kind, int size, int together) {
    private static final int MAX_WINDOW = 1024;
    private static final int MIN_WINDOW = 64;
    private static final int WINDOW_BYTES = 4 << 20;
    private static final int BATCHES = 8;

    /** All callers take turns. */
    Traffic(Kind kind, int size) {
        this(kind, size, 0);
    }

    /** The same, of so many callers together. */
    Traffic of(int callers) {
        return new Traffic(kind, size, callers);
    }

    /** How many messages may be under way that nobody answers: bounded in number, and in bytes. */
    int window() {
        return Math.max(MIN_WINDOW, Math.min(MAX_WINDOW, WINDOW_BYTES / size));
    }

    /** After how many messages their receiver says so. */
    int batch() {
        return window() / BATCHES;
    }

    JsonObject toJson() {
        return new JsonObject().put("kind", kind.label()).put("size", size).put("together", together);
    }

    static Traffic fromJson(JsonObject json) {
        return new Traffic(Kind.named(json.getString("kind")), json.getInteger("size"), json.getInteger("together"));
    }

    @Override
    public String toString() {
        return kind.label() + " " + size + " B" + (together == 0 ? "" : ", " + together + " together");
    }
}
