// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What the orchestrators of a run did in each second: requests that they answered, and rotations that they saw. Not thread-safe. */
final class OrchestratorLoad {
    private final Map<NodeProcess, JsonObject> last = new IdentityHashMap<>();
    private final List<Long> requests = new ArrayList<>();
    private long rotations;

    /** Looks at the orchestrators that answer; one that is being killed does not. */
    void sample(List<NodeProcess> orchestrators) {
        long sum = 0;
        for (NodeProcess node : orchestrators) {
            sum += sample(node);
        }
        requests.add(sum);
    }

    private long sample(NodeProcess node) {
        try {
            JsonObject now = node.tell("status", new JsonObject(), 1);
            JsonObject before = last.put(node, now);
            rotations = Math.max(rotations, now.getLong("rotations"));
            return answered(now) - (before == null ? 0 : answered(before));
        } catch (NodeException e) {
            return 0;
        }
    }

    private static long answered(JsonObject status) {
        return status.getLong("registered") + status.getLong("renewed");
    }

    /** The most requests in one second. */
    long peak() {
        return requests.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    double mean() {
        return requests.stream().mapToLong(Long::longValue).average().orElse(0);
    }

    /** Rotations that one orchestrator saw while it lived; the most that any of them did. */
    long rotations() {
        return rotations;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("requestsEachSecond", new JsonArray(requests))
                .put("peak", peak())
                .put("mean", mean())
                .put("rotations", rotations);
    }
}
