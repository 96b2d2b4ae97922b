// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;

/** Shows a list that the admin API has. */
abstract class ListCommand implements CliCommand {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private AdminConnection admin;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Printing printing;

    /** What follows {@code /api/v1/}. */
    abstract String path();

    /** The columns. */
    abstract List<String> headings();

    /** A row, of as many cells. */
    abstract List<String> cells(JsonObject item);

    /** Whether to show an item. */
    boolean shows(JsonObject item) {
        return true;
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        JsonObject answer = admin.ask(client -> client.get(path()));
        List<JsonObject> items = Items.of(answer).stream().filter(this::shows).toList();
        printing.tell(new JsonObject().put(Items.NAME, new JsonArray(items)), out -> print(items, out));
        return 0;
    }

    private void print(List<JsonObject> items, PrintWriter out) {
        Table table = new Table(headings());
        items.forEach(item -> table.add(cells(item)));
        List<String> lines = table.lines();
        out.println(printing.strong(lines.get(0)));
        lines.stream().skip(1).forEach(out::println);
        if (items.isEmpty()) {
            out.println("none");
        }
    }

    /** A member of an item, in words; a dash when there is none. */
    static String text(JsonObject item, String member) {
        Object value = item.getValue(member);
        if (value instanceof JsonArray array) {
            return array.isEmpty() ? "-" : array.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return value == null || value.equals("") ? "-" : String.valueOf(value);
    }
}
