// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import dev.latchkey.orchestrator.notice.Noticed;
import dev.latchkey.orchestrator.state.Lease;
import dev.latchkey.orchestrator.state.Readiness;
import dev.latchkey.orchestrator.state.Rotation;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What may be read. */
final class ReadEndpoints {
    /** More are not listed; the answer then says so. */
    static final int MAX_INSTANCES = 10_000;

    private final Control control;
    private final Readiness readiness;

    ReadEndpoints(Control control) {
        this.control = control;
        this.readiness = new Readiness(control::revocations);
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.get("/health/live", null, request -> Future.succeededFuture(status("up"))),
                Endpoint.get("/health/ready", null, request -> ready()),
                Endpoint.get("/api/v1/services", Role.VIEWER, request -> parties(PartyView::services)),
                Endpoint.get("/api/v1/operations", Role.VIEWER, request -> parties(PartyView::operations)),
                Endpoint.get("/api/v1/instances", Role.VIEWER, request -> parties(this::instances)),
                Endpoint.get("/api/v1/quarantines", Role.VIEWER, request -> quarantines()),
                Endpoint.get("/api/v1/alarms", Role.VIEWER, request -> Future.succeededFuture(alarms())),
                Endpoint.get("/api/v1/rotations", Role.VIEWER, request -> Future.succeededFuture(rotations())),
                Endpoint.get("/api/v1/traffic", Role.VIEWER, request -> control.instances(MAX_INSTANCES)
                        .map(this::traffic)));
    }

    private static JsonObject status(String status) {
        return new JsonObject().put("status", status);
    }

    private Future<JsonObject> ready() {
        return readiness
                .check()
                .map(reached -> status("ready"))
                .recover(failure -> Future.failedFuture(new ApiException(
                        Problem.UNAVAILABLE, "the shared state cannot be reached, so nothing is issued")));
    }

    private Future<JsonObject> parties(Function<PartyView, JsonObject> view) {
        return control.instances(MAX_INSTANCES)
                .map(leases -> view.apply(new PartyView(
                        control.policy().policy(),
                        leases,
                        control.epochs(),
                        control.clock().instant())));
    }

    private JsonObject instances(PartyView view) {
        return view.instances().put("truncated", view.leases().size() >= MAX_INSTANCES);
    }

    private Future<JsonObject> quarantines() {
        return control.quarantined()
                .map(quarantined -> Items.of(quarantined.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(ReadEndpoints::quarantine)
                        .collect(Items.toArray())));
    }

    private static JsonObject quarantine(Map.Entry<String, Instant> entry) {
        return new JsonObject()
                .put("name", entry.getKey())
                .put("until", entry.getValue().toString());
    }

    private JsonObject alarms() {
        JsonArray items = new JsonArray();
        control.alarms()
                .forEach((alarm, count) -> items.add(new JsonObject()
                        .put("alarm", alarm.name())
                        .put("text", alarm.text())
                        .put("count", count)));
        return Items.of(items)
                .put(
                        "recent",
                        control.raisedLast().stream().map(ReadEndpoints::raised).collect(Items.toArray()));
    }

    static JsonObject raised(Noticed.Raised raised) {
        return new JsonObject()
                .put("at", raised.at().toString())
                .put("alarm", raised.alarm().name())
                .put("text", raised.alarm().text())
                .put("detail", raised.detail());
    }

    private JsonObject rotations() {
        return Items.of(
                control.rotations().stream().map(ReadEndpoints::rotation).collect(Items.toArray()));
    }

    static JsonObject rotation(Rotation rotation) {
        return new JsonObject()
                .put("operation", rotation.operation())
                .put("epoch", rotation.epoch())
                .put("at", rotation.at().toString());
    }

    private JsonObject traffic(Map<String, Lease> leases) {
        TrafficView view =
                new TrafficView(control.policy().policy(), control.plaintext().messages(), leases.values());
        return Items.of(view.items())
                .put("refusals", Items.counts(control.refusals()))
                .put(
                        "recentRefusals",
                        control.refusedLast().stream().map(TrafficView::refused).collect(Items.toArray()));
    }
}
