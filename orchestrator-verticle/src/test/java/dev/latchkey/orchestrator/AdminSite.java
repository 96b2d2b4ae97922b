// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;

import dev.latchkey.orchestrator.admin.AdminAction;
import dev.latchkey.orchestrator.admin.AdminAudit;
import dev.latchkey.orchestrator.admin.AdminOptions;
import dev.latchkey.orchestrator.admin.AdminVerticle;
import dev.latchkey.orchestrator.credential.AdminToken;
import dev.latchkey.orchestrator.policy.LoadedPolicy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An orchestrator with an admin API, and a client of it that speaks real HTTP. */
final class AdminSite implements AutoCloseable {
    static final int PLENTY = 10_000;

    final Realm realm;
    final Vertx vertx;
    final OrchestratorVerticle orchestrator;
    final Path policyFile;
    final List<AdminAction> audited = new CopyOnWriteArrayList<>();
    volatile boolean auditFails;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AdminVerticle admin;

    AdminSite(Realm realm, Vertx vertx, String policy, Path folder, int requestsPerSecond) {
        this.realm = realm;
        this.vertx = vertx;
        this.policyFile = folder.resolve("policy.yaml");
        write(policy);
        LoadedPolicy loaded = LoadedPolicy.load(policyFile);
        this.orchestrator =
                realm.deployOrchestrator(vertx, options -> options.setPolicyFile(policyFile, loaded.lines()));
        this.admin = new AdminVerticle(options(loaded, requestsPerSecond), orchestrator.control(), audit());
        await(vertx.deployVerticle(admin));
    }

    AdminSite(Realm realm, Vertx vertx, String policy, Path folder) {
        this(realm, vertx, policy, folder, PLENTY);
    }

    private AdminOptions options(LoadedPolicy loaded, int requestsPerSecond) {
        return new AdminOptions(
                "127.0.0.1",
                0,
                null,
                null,
                realm.deployer(),
                AdminToken.audienceOf(loaded.policy().trustDomain()),
                AdminToken.ROLES,
                requestsPerSecond);
    }

    private AdminAudit audit() {
        return action -> {
            audited.add(action);
            return auditFails ? Future.failedFuture("the disk is full") : Future.succeededFuture();
        };
    }

    void write(String policy) {
        try {
            Files.writeString(policyFile, policy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return admin.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + admin.port() + path);
    }

    /** An answer, with its body as JSON. */
    record Reply(int status, JsonObject body, HttpResponse<String> response) {
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonArray items() {
            return body.getJsonArray("items");
        }

        Stream<JsonObject> objects() {
            return items().stream().map(JsonObject.class::cast);
        }
    }

    Reply get(String path) {
        return send("GET", path, realm.adminToken("tess", "viewer"), "", "");
    }

    Reply post(String path, String role, String body) {
        return send("POST", path, realm.adminToken("tess", role), body, "application/json");
    }

    Reply send(String method, String path, @Nullable String token, String body, String type, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return reply(request.build());
    }

    private Reply reply(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            boolean json =
                    response.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Reply(
                    response.statusCode(), json ? new JsonObject(response.body()) : new JsonObject(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The lines of a stream, as they come. */
    List<String> stream(String token) {
        List<String> lines = new CopyOnWriteArrayList<>();
        HttpRequest request = HttpRequest.newBuilder(uri("/api/v1/events"))
                .header("Authorization", "Bearer " + token)
                .build();
        http.sendAsync(request, BodyHandlers.ofLines()).thenAccept(response -> {
            lines.add("status: " + response.statusCode());
            response.body().forEach(lines::add);
            lines.add("ended");
        });
        return lines;
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
