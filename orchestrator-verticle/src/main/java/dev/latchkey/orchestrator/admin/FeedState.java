// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.orchestrator.issue.Refused;
import dev.latchkey.orchestrator.notice.Noticed;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.state.Lease;
import dev.latchkey.orchestrator.state.Rotation;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What there is at one moment. Two of them tell what happened between. */
record FeedState(
        Map<String, Lease> leases,
        Revocations revocations,
        Policy policy,
        List<Rotation> rotations,
        List<Refused> refused,
        List<Noticed.Raised> raised) {

    static Future<FeedState> of(Control control) {
        return control.instances(ReadEndpoints.MAX_INSTANCES).compose(leases -> control.revocations()
                .map(revocations -> new FeedState(
                        leases,
                        revocations,
                        control.policy().policy(),
                        control.rotations(),
                        control.refusedLast(),
                        control.raisedLast())));
    }

    List<FeedEvent> since(FeedState before) {
        List<FeedEvent> events = new ArrayList<>();
        leases.forEach((id, lease) -> {
            if (!before.leases.containsKey(id)) {
                events.add(instance("registered", id, lease));
            }
        });
        before.leases.forEach((id, lease) -> {
            if (!leases.containsKey(id)) {
                events.add(instance(gone(id, lease), id, lease));
            }
        });
        if (revocations.number() != before.revocations.number()) {
            events.add(new FeedEvent("revocation", revocation(before.revocations)));
        }
        if (policy != before.policy) {
            events.add(new FeedEvent("policy", new JsonObject().put("change", "reloaded")));
        }
        addNew(events, "rotation", before.rotations, rotations, ReadEndpoints::rotation);
        addNew(events, "refusal", before.refused, refused, TrafficView::refused);
        addNew(events, "alarm", before.raised, raised, ReadEndpoints::raised);
        return events;
    }

    private String gone(String id, Lease lease) {
        boolean revoked = revocations.instances().containsKey(id)
                || revocations.services().containsKey(lease.service());
        return revoked ? "revoked" : "left";
    }

    private static FeedEvent instance(String change, String id, Lease lease) {
        return new FeedEvent(
                "instance", new JsonObject().put("change", change).put("id", id).put("service", lease.service()));
    }

    private JsonObject revocation(Revocations before) {
        return new JsonObject()
                .put("notice", revocations.number())
                .put(
                        "instances",
                        Items.sorted(added(
                                revocations.instances().keySet(),
                                before.instances().keySet())))
                .put(
                        "services",
                        Items.sorted(added(
                                revocations.services().keySet(),
                                before.services().keySet())))
                .put("operations", Items.sorted(raisedFloors(before)));
    }

    private static List<String> added(Set<String> now, Set<String> before) {
        return now.stream().filter(name -> !before.contains(name)).toList();
    }

    private List<String> raisedFloors(Revocations before) {
        return revocations.floors().entrySet().stream()
                .filter(floor -> !floor.getValue().equals(before.floors().get(floor.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Lists of the last few only grow at their ends. */
    private static <T> void addNew(
            List<FeedEvent> events, String type, List<T> before, List<T> now, Function<T, JsonObject> view) {
        int known = before.isEmpty() ? 0 : now.lastIndexOf(before.get(before.size() - 1)) + 1;
        now.subList(known, now.size()).forEach(one -> events.add(new FeedEvent(type, view.apply(one))));
    }
}
