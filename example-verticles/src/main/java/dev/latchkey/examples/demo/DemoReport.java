// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What the demo saw.
 *
 * @param nodes honest JVMs in the cluster
 * @param joined instances that registered with the orchestrator
 * @param joinMillis how long each fresh gateway worker took from deployment to its first possible message
 * @param sent requests sent on secured addresses
 * @param delivered those whose sealed answer came
 * @param wireBytes bytes that the taps captured
 * @param rotations provider keys that became active during the traffic
 * @param attacks what the attacks got
 * @param leaks names of known plaintexts that the taps saw, with how often
 * @param controlSeen whether the taps saw the one plaintext that they must
 */
record DemoReport(
        int nodes,
        long joined,
        List<Double> joinMillis,
        long sent,
        long delivered,
        long wireBytes,
        long rotations,
        List<AttackResult> attacks,
        List<String> leaks,
        boolean controlSeen) {
    private static final long LEAST_MESSAGES = 1_000;

    long lost() {
        return sent - delivered;
    }

    double joinMillisP50() {
        List<Double> sorted = joinMillis.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : Math.round(sorted.get(sorted.size() / 2) * 10) / 10.0;
    }

    /** What did not hold, in words; empty when all did. */
    List<String> failings() {
        List<String> failings = new ArrayList<>();
        check(failings, lost() == 0, lost() + " messages were lost");
        check(failings, sent >= LEAST_MESSAGES, "only " + sent + " messages were sent, not " + LEAST_MESSAGES);
        check(failings, rotations >= 1, "no key rotated during the traffic");
        check(failings, leaks.isEmpty(), "plaintext on the wire: " + leaks);
        check(
                failings,
                controlSeen,
                "the wiretap missed a plaintext that it had to see, so its silence proves nothing");
        attacks.forEach(attack -> check(failings, attack.held(), "an attack was not held off: " + attack.name()));
        return failings;
    }

    private static void check(List<String> failings, boolean holds, String otherwise) {
        if (!holds) {
            failings.add(otherwise);
        }
    }

    JsonObject toJson() {
        JsonArray rows = new JsonArray();
        attacks.forEach(attack -> rows.add(attack.toJson()));
        return new JsonObject()
                .put("nodes", nodes)
                .put("instancesJoined", joined)
                .put("joinMillisP50", joinMillisP50())
                .put(
                        "messages",
                        new JsonObject()
                                .put("sent", sent)
                                .put("delivered", delivered)
                                .put("lost", lost()))
                .put("wireBytes", wireBytes)
                .put("rotations", rotations)
                .put("attacks", rows)
                .put("plaintextOnWire", !leaks.isEmpty())
                .put("plaintextControlSeen", controlSeen)
                .put("failings", new JsonArray(failings()));
    }
}
