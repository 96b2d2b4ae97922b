// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the outline of a file that is known to have no problems. */
final class OutlineReader {
    private OutlineReader() {}

    static PolicyOutline read(Located root) {
        return new PolicyOutline(
                textOf(root, "trustDomain"),
                settings(child(root, "defaults")),
                settings(child(root, BreachReader.KEY)),
                each(child(root, "operations"), OutlineReader::operation),
                each(child(root, "services"), OutlineReader::service));
    }

    private static OperationOutline operation(Map<String, Located> entries) {
        return new OperationOutline(
                texts(entries, "addresses"),
                texts(entries, "failover"),
                settings(entries),
                settings(filled(entries, "modes")));
    }

    private static ServiceOutline service(Map<String, Located> entries) {
        return new ServiceOutline(texts(entries, "provides"), texts(entries, "invokes"));
    }

    private static String textOf(Located root, String key) {
        return settings(root.entries()).getOrDefault(key, "");
    }

    private static <T> Map<String, T> each(Map<String, Located> entries, Function<Map<String, Located>, T> outline) {
        Map<String, T> all = new LinkedHashMap<>();
        entries.forEach((name, where) -> all.put(name, outline.apply(where.entries())));
        return all;
    }

    private static Map<String, Located> child(Located root, String key) {
        return filled(root.entries(), key);
    }

    private static Map<String, Located> filled(Map<String, Located> entries, String key) {
        Located where = entries.get(key);
        return where == null ? Map.of() : where.entries();
    }

    private static List<String> texts(Map<String, Located> entries, String key) {
        Located where = entries.get(key);
        return where == null ? List.of() : List.copyOf(where.texts().keySet());
    }

    private static Map<String, String> settings(Map<String, Located> entries) {
        Map<String, String> settings = new LinkedHashMap<>();
        entries.forEach((key, where) -> {
            if (where.isScalar()) {
                where.text().ifPresent(text -> settings.put(key, text));
            }
        });
        return settings;
    }
}
