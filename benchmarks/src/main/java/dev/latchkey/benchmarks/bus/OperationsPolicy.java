// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;

/** A policy of many operations, all of which one service invokes and another provides. Written as JSON, which is YAML. */
final class OperationsPolicy {
    /** Kinds of traffic that each operation has an address of. */
    static final List<Kind> KINDS = List.of(Kind.REQUEST, Kind.SEND);

    /** Nothing ends while it is being measured. */
    private static final String LONG = "1h";

    private OperationsPolicy() {}

    static String of(int operations) {
        JsonObject named = new JsonObject();
        IntStream.range(0, operations).forEach(operation -> named.put(name(operation), operation(operation)));
        return new JsonObject()
                .put("version", 1)
                .put("trustDomain", "bench.latchkey")
                .put("defaults", defaults())
                .put("operations", named)
                .put("services", services(operations))
                .encodePrettily();
    }

    private static JsonObject defaults() {
        return new JsonObject()
                .put("tokenLifetime", LONG)
                .put("rotationInterval", LONG)
                .put("leaseDuration", LONG);
    }

    private static JsonObject operation(int operation) {
        return new JsonObject()
                .put(
                        "addresses",
                        new JsonArray(KINDS.stream()
                                .map(kind -> address(kind, operation))
                                .toList()));
    }

    private static JsonObject services(int operations) {
        JsonArray names = new JsonArray(
                IntStream.range(0, operations).mapToObj(OperationsPolicy::name).toList());
        return new JsonObject()
                .put(BenchNode.CLIENT, new JsonObject().put("invokes", names))
                .put(BenchNode.SERVER, new JsonObject().put("provides", names));
    }

    private static String name(int operation) {
        return "op_" + operation;
    }

    /** An operation's address. Interned, as the constants are that programs mostly name addresses by. */
    static String address(Kind kind, int operation) {
        return (kind.address() + "." + operation).intern();
    }
}
