// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.directory;

import dev.latchkey.eventbus.registration.NodeAddress;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An update as JSON. Nodes stand once, as many instances share one: an entry names its node by its place in the list. */
final class UpdateFormat {
    private static final String FROM = "from";
    private static final String NUMBER = "number";
    private static final String SENT_AT = "sentAt";
    private static final String WHOLE = "whole";
    private static final String NODES = "nodes";
    private static final String ENTRIES = "entries";
    private static final int NO_NODE = -1;
    private static final int LIVING_FIELDS = 4;

    private UpdateFormat() {}

    static JsonObject write(DirectoryUpdate update) {
        Map<NodeAddress, Integer> places = new LinkedHashMap<>();
        JsonArray entries = new JsonArray();
        update.entries().forEach(entry -> entries.add(write(entry, places)));
        JsonArray nodes = new JsonArray();
        places.keySet().forEach(node -> nodes.add(node.toJson()));
        JsonObject json = new JsonObject()
                .put(FROM, update.publisher())
                .put(NUMBER, update.number())
                .put(SENT_AT, update.sentAt())
                .put(NODES, nodes)
                .put(ENTRIES, entries);
        return update.isWhole() ? json.put(WHOLE, numbers(update.whole())) : json;
    }

    private static JsonArray write(ProviderEntry entry, Map<NodeAddress, Integer> places) {
        JsonArray fields = new JsonArray().add(entry.instance()).add(entry.until());
        return entry.ended() ? fields : fields.add(entry.service()).add(place(entry.node(), places));
    }

    private static int place(@Nullable NodeAddress node, Map<NodeAddress, Integer> places) {
        return node == null ? NO_NODE : places.computeIfAbsent(node, first -> places.size());
    }

    private static JsonObject numbers(Map<String, Long> numbers) {
        JsonObject json = new JsonObject();
        numbers.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> json.put(entry.getKey(), entry.getValue()));
        return json;
    }

    /** Throws a RuntimeException for anything that is no update. */
    static DirectoryUpdate read(JsonObject json) {
        List<NodeAddress> nodes = new ArrayList<>();
        json.getJsonArray(NODES)
                .forEach(node -> nodes.add(Objects.requireNonNull(NodeAddress.fromJson((JsonObject) node))));
        List<ProviderEntry> entries = new ArrayList<>();
        json.getJsonArray(ENTRIES).forEach(entry -> entries.add(read((JsonArray) entry, nodes)));
        return new DirectoryUpdate(
                Objects.requireNonNull(json.getString(FROM)),
                json.getLong(NUMBER),
                json.getLong(SENT_AT),
                whole(json.getJsonObject(WHOLE, new JsonObject())),
                entries);
    }

    private static ProviderEntry read(JsonArray fields, List<NodeAddress> nodes) {
        String instance = Objects.requireNonNull(fields.getString(0));
        long until = fields.getLong(1);
        if (fields.size() < LIVING_FIELDS) {
            return ProviderEntry.ended(instance, until);
        }
        int place = fields.getInteger(3);
        NodeAddress node = place == NO_NODE ? null : nodes.get(place);
        return ProviderEntry.living(instance, Objects.requireNonNull(fields.getString(2)), node, until);
    }

    private static Map<String, Long> whole(JsonObject json) {
        Map<String, Long> numbers = new HashMap<>();
        json.fieldNames().forEach(name -> numbers.put(name, json.getLong(name)));
        return numbers;
    }
}
