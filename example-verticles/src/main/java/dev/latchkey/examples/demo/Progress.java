// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the gateway reports while it works, as lines for people. Thread-safe. */
final class Progress {
    private static final int MAX_PROBLEMS = 20;

    private final PrintWriter out;
    private final long begun = System.nanoTime();
    private final List<Double> joinMillis = new ArrayList<>();
    private int problems;

    Progress(PrintWriter out) {
        this.out = out;
    }

    synchronized void event(String name, JsonObject details) {
        switch (name) {
            case "batch" -> batch(details);
            case "problem" -> problem(details);
            default -> say(name);
        }
    }

    private void batch(JsonObject details) {
        joinMillis.add(details.getDouble("joinMillis"));
        say(String.format(
                Locale.ROOT,
                "batch %d: joined in %.1f ms; %d of %d requests answered; risks %s",
                joinMillis.size(),
                details.getDouble("joinMillis"),
                details.getLong("answered"),
                details.getLong("sent"),
                details.getJsonObject("risks").encode()));
    }

    private void problem(JsonObject details) {
        problems++;
        if (problems <= MAX_PROBLEMS) {
            say("could not process " + details.getString("file") + ": " + details.getString("why"));
        }
    }

    /** Prints a line with the time since the beginning. */
    synchronized void say(String text) {
        out.println(String.format(Locale.ROOT, "%6.1f s  %s", (System.nanoTime() - begun) / 1e9, text));
    }

    synchronized List<Double> joinMillis() {
        return List.copyOf(joinMillis);
    }
}
