// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import dev.latchkey.orchestrator.policy.Nearest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What may be done, save with policy. */
final class ActionEndpoints {
    static final String ALL = "*";

    private static final Pattern INSTANCE = Pattern.compile("[0-9a-f]{16}");

    private final Control control;
    private final Audited audited;

    ActionEndpoints(Control control, Audited audited) {
        this.control = control;
        this.audited = audited;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.post("/api/v1/operations/{name}/rotate", Role.OPERATOR, Endpoint.JSON, this::rotateOne),
                Endpoint.post("/api/v1/rotate", Role.OPERATOR, Endpoint.JSON, request -> rotate(request, Set.of())),
                Endpoint.post("/api/v1/instances/{id}/revoke", Role.OPERATOR, Endpoint.JSON, this::revokeInstance),
                Endpoint.post("/api/v1/services/{name}/revoke", Role.OPERATOR, Endpoint.JSON, this::revokeService),
                Endpoint.delete("/api/v1/quarantines/{name}", Role.OPERATOR, this::lift));
    }

    private Future<JsonObject> rotateOne(ApiRequest request) {
        String name = request.path("name");
        requireKnown("operation", name, control.policy().policy().operations().keySet());
        return rotate(request, Set.of(name));
    }

    private Future<JsonObject> rotate(ApiRequest request, Set<String> operations) {
        boolean immediate = JsonBody.of(request, "immediate").flag("immediate");
        String target = operations.stream().findFirst().orElse(ALL);
        return immediate
                ? audited.run(request, "rotate-now", target, () -> control.rotateNow(operations)
                        .map(ActionEndpoints::notice))
                : audited.run(request, "rotate", target, () -> control.rotate(operations)
                        .map(done -> accepted()));
    }

    /** Whether or not its lease is still known: it may hold tokens. */
    private Future<JsonObject> revokeInstance(ApiRequest request) {
        String id = request.path("id");
        JsonBody.of(request);
        if (!INSTANCE.matcher(id).matches()) {
            throw new ApiException(
                    Problem.NOT_FOUND,
                    "that is no instance; its name is 16 hex digits, as /api/v1/instances tells",
                    "id");
        }
        return audited.run(
                request, "revoke-instance", id, () -> control.revokeInstance(id).map(ActionEndpoints::notice));
    }

    private Future<JsonObject> revokeService(ApiRequest request) {
        String name = request.path("name");
        requireKnown("service", name, control.policy().policy().services().keySet());
        Duration time = JsonBody.of(request, "for").time("for");
        return audited.run(request, "revoke-service", name, () -> control.revokeService(name, time)
                .map(ActionEndpoints::notice));
    }

    private Future<JsonObject> lift(ApiRequest request) {
        String name = request.path("name");
        return control.quarantined()
                .map(quarantined -> requireQuarantined(name, quarantined.keySet()))
                .compose(known -> audited.run(request, "lift-quarantine", name, () -> control.liftQuarantine(name)
                        .map(ActionEndpoints::notice)));
    }

    private static String requireQuarantined(String name, Collection<String> quarantined) {
        if (!quarantined.contains(name)) {
            throw new ApiException(
                    Problem.NOT_FOUND, "nobody of this name is quarantined; /api/v1/quarantines tells who is", "name");
        }
        return name;
    }

    static void requireKnown(String kind, String name, Collection<String> known) {
        if (!known.contains(name)) {
            throw new ApiException(
                    Problem.NOT_FOUND,
                    "policy knows no such " + kind + "; "
                            + Nearest.to(name, known).orElse("/api/v1/" + kind + "s lists those that it knows"),
                    "name");
        }
    }

    private static JsonObject notice(long number) {
        return new JsonObject().put("notice", number);
    }

    private static JsonObject accepted() {
        return new JsonObject().put("accepted", true);
    }
}
