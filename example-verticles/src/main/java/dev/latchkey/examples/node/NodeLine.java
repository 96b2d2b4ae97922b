// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.node;

import io.vertx.core.AsyncResult;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;

/** The node's way to its driver: a line of JSON for each event and each answer. Thread-safe. */
public final class NodeLine {
    private final PrintStream out;

    /** A line that ends at a stream. */
    public NodeLine(PrintStream out) {
        this.out = out;
    }

    /** Tells of something that nobody asked for. */
    public void event(String name, JsonObject details) {
        print(new JsonObject().put("event", name).put("details", details));
    }

    /** Answers a command. */
    public void answer(int id, AsyncResult<JsonObject> result) {
        JsonObject line = new JsonObject().put("id", id);
        print(
                result.succeeded()
                        ? line.put("result", result.result())
                        : line.put("failure", String.valueOf(result.cause().getMessage())));
    }

    private synchronized void print(JsonObject line) {
        out.println(line.encode());
        out.flush();
    }
}
