// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import dev.latchkey.orchestrator.policy.LoadedPolicy;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.PolicyDiff;
import dev.latchkey.orchestrator.policy.PolicyException;
import dev.latchkey.orchestrator.policy.PolicyExplanation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/** Policy: read, explained, tried, and read again. */
final class PolicyEndpoints {
    private static final Path SENT = Path.of("policy.yaml");

    private final Vertx vertx;
    private final Control control;
    private final Audited audited;

    PolicyEndpoints(Vertx vertx, Control control, Audited audited) {
        this.vertx = vertx;
        this.control = control;
        this.audited = audited;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.get("/api/v1/policy", Role.VIEWER, request -> Future.succeededFuture(summary(policy()))),
                Endpoint.get(
                        "/api/v1/policy/explain", Role.VIEWER, request -> Future.succeededFuture(explain(request))),
                Endpoint.post("/api/v1/policy/dry-run", Role.VIEWER, Endpoint.YAML, this::dryRun),
                Endpoint.post("/api/v1/policy/reload", Role.ADMIN, Endpoint.JSON, this::reload));
    }

    private Policy policy() {
        return control.policy().policy();
    }

    private static JsonObject summary(Policy policy) {
        return new JsonObject()
                .put("trustDomain", policy.trustDomain())
                .put("leaseDuration", policy.leaseDuration().toString())
                .put("unlisted", policy.unlisted().toString())
                .put("operations", Items.sorted(policy.operations().keySet()))
                .put("services", Items.sorted(policy.services().keySet()))
                .put("breach", breach(policy));
    }

    private static JsonObject breach(Policy policy) {
        return new JsonObject()
                .put("count", policy.breach().count())
                .put("window", policy.breach().window().toString())
                .put("reporters", policy.breach().reporters())
                .put("action", policy.breach().action().toString())
                .put("quarantineFor", policy.breach().quarantineFor().toString());
    }

    private JsonObject explain(ApiRequest request) {
        LoadedPolicy loaded = control.policy();
        JsonObject explained = PolicyExplanation.of(
                        loaded.policy(), request.query("service"), request.query("operation"))
                .toJson();
        JsonArray why = new JsonArray();
        explained.getJsonArray("why").forEach(reason -> why.add(withLine((JsonObject) reason, loaded)));
        return explained
                .put("why", why)
                .put("invoke", loaded.policy().mayInvoke(request.query("service"), request.query("operation")))
                .put("provide", loaded.policy().mayProvide(request.query("service"), request.query("operation")));
    }

    /** The setting's line, or that of the setting that it stands in; a default stands nowhere. */
    private static JsonObject withLine(JsonObject reason, LoadedPolicy loaded) {
        Integer line = loaded.lines().get(reason.getString("rule"));
        return line == null ? reason : reason.copy().put("line", line);
    }

    private Future<JsonObject> dryRun(ApiRequest request) {
        if (request.body().length() == 0) {
            throw new ApiException(Problem.BAD_REQUEST, "the body is empty; send a policy as YAML");
        }
        byte[] yaml = request.body().getBytes();
        return vertx.executeBlocking(() -> LoadedPolicy.parse(yaml, SENT))
                .recover(failure -> Future.failedFuture(told(failure)))
                .map(next -> changes(next.policy()));
    }

    private JsonObject changes(Policy next) {
        fit(next);
        return PolicyDiff.between(policy(), next).toJson();
    }

    private void fit(Policy next) {
        try {
            control.requireFits(next);
        } catch (IllegalArgumentException e) {
            throw new ApiException(Problem.BAD_POLICY, String.valueOf(e.getMessage()));
        }
    }

    private Future<JsonObject> reload(ApiRequest request) {
        JsonBody.of(request);
        return audited.run(request, "reload-policy", policy().trustDomain(), () -> control.readPolicy()
                .recover(failure -> Future.failedFuture(told(failure)))
                .compose(this::follow));
    }

    private Future<JsonObject> follow(LoadedPolicy next) {
        JsonObject changes = changes(next.policy());
        return control.follow(next)
                .recover(failure -> Future.failedFuture(told(failure)))
                .map(done -> changes.put("accepted", true));
    }

    private static Throwable told(Throwable failure) {
        if (failure instanceof PolicyException policy) {
            return problems(policy);
        }
        if (failure instanceof IllegalArgumentException wrong) {
            return new ApiException(Problem.BAD_POLICY, String.valueOf(wrong.getMessage()));
        }
        return failure instanceof IllegalStateException busy
                ? new ApiException(Problem.CONFLICT, String.valueOf(busy.getMessage()))
                : failure;
    }

    private static ApiException problems(PolicyException e) {
        return new ApiException(
                Problem.BAD_POLICY, "policy was not changed; each problem names its line and what to do", e.problems());
    }
}
