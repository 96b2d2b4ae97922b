// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which keys each orchestrator ever held for which epoch: one history has one key for each. Not thread-safe. */
final class KeyHistory {
    private static final long SECONDS = 10;

    private final Map<String, Set<String>> fingerprints = new TreeMap<>();

    /** Looks at all orchestrators. */
    void look(List<NodeProcess> orchestrators) throws NodeException {
        for (NodeProcess node : orchestrators) {
            note(node.tell("keys", new JsonObject(), SECONDS));
        }
    }

    /** Fingerprints by operation and epoch. */
    void note(JsonObject keys) {
        for (String operation : keys.fieldNames()) {
            JsonObject epochs = keys.getJsonObject(operation);
            epochs.fieldNames().forEach(epoch -> fingerprints
                    .computeIfAbsent(operation + " " + epoch, first -> new TreeSet<>())
                    .add(epochs.getString(epoch)));
        }
    }

    /** Epochs of operations that were seen. */
    int epochs() {
        return fingerprints.size();
    }

    /** Epochs for which two keys were seen. */
    List<String> forked() {
        return fingerprints.entrySet().stream()
                .filter(epoch -> epoch.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }
}
