// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.orchestrator.AdminSite.Reply;
import dev.latchkey.orchestrator.admin.AdminAction;
import dev.latchkey.orchestrator.admin.AdminAction.Outcome;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does takes effect, and what he is shown is so. */
class AdminActionTest {
    private static final String ADDRESS = "greeting.hello";
    private static final String POLICY = Realm.POLICY.replace(
            "operations:",
            "breach: {count: 1, window: 60s, reporters: 1, action: quarantine, quarantineFor: 10m}\noperations:");
    private static final String LESS = POLICY.replace("caller: {invokes: [greet]}", "caller: {invokes: [count]}")
            .replace(
                    "greeter: {provides: [greet], invokes: [count]}", "greeter: {provides: [greet], invokes: [greet]}");

    @TempDir
    private Path folder;

    private final Realm realm = Realm.withPolicy(POLICY, Clock.systemUTC());
    private AdminSite site;
    private SecureEventBus greeter;
    private SecureEventBus caller;

    @BeforeEach
    void start() {
        site = new AdminSite(realm, Vertx.vertx(), POLICY, folder);
        greeter = realm.join(site.vertx, "greeter");
        await(greeter.consumer(ADDRESS, message -> message.reply("hello")).completion());
        caller = realm.join(site.vertx, "caller");
        await().until(() -> asks().equals("answered"));
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private String asks() {
        return await(caller.request(ADDRESS, "x").map("answered").otherwise(Throwable::getMessage));
    }

    private JsonObject named(String path, String name) {
        return site.get(path)
                .objects()
                .filter(item -> item.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private JsonObject greet() {
        return named("/api/v1/operations", "greet");
    }

    private void assertAudited(String action, String target, Outcome... outcomes) {
        assertThat(site.audited).extracting(AdminAction::outcome).containsExactly(outcomes);
        assertThat(site.audited)
                .allMatch(one -> one.action().equals(action)
                        && one.target().equals(target)
                        && one.subject().equals("tess"));
    }

    @Test
    void services_operations_instances_tellWhoIsThere() {
        JsonObject service = named("/api/v1/services", "greeter");
        assertThat(service.getJsonArray("provides")).containsExactly("greet");
        assertThat(service.getJsonArray("invokes")).containsExactly("count");
        assertThat(service.getInteger("instances")).isEqualTo(1);
        JsonObject operation = greet();
        assertThat(operation.getJsonArray("addresses")).containsExactly("greeting.hello", "greeting.room.*");
        assertThat(operation.getString("mode")).isEqualTo("strict");
        assertThat(operation.getJsonArray("providers")).containsExactly("greeter");
        assertThat(operation.getJsonArray("callers")).containsExactly("caller");
        assertThat(operation.getLong("activeEpoch")).isEqualTo(1);
        assertThat(Instant.parse(operation.getString("rotatesAt"))).isAfter(Instant.now());
        JsonObject instance = site.get("/api/v1/instances")
                .objects()
                .filter(item -> item.getString("id").equals(caller.instance()))
                .findFirst()
                .orElseThrow();
        assertThat(instance.getString("service")).isEqualTo("caller");
        assertThat(instance.getJsonArray("invokes")).containsExactly("greet");
        assertThat(Instant.parse(instance.getString("leaseUntil"))).isAfter(Instant.now());
    }

    @Test
    void instance_thatIsRevoked_isRefused_andLeavesTheList() {
        Reply reply = site.post("/api/v1/instances/" + caller.instance() + "/revoke", "operator", "");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().getLong("notice")).isPositive();
        await().until(() -> asks().contains("revoked"));
        assertThat(site.get("/api/v1/instances").objects())
                .noneMatch(item -> item.getString("id").equals(caller.instance()));
        assertAudited("revoke-instance", caller.instance(), Outcome.BEGUN, Outcome.DONE);
    }

    @Test
    void service_thatIsRevoked_isRefusedAndMayNotRegister() {
        Reply reply = site.post("/api/v1/services/caller/revoke", "operator", "{\"for\":\"PT15M\"}");
        assertThat(reply.body().getLong("notice")).isPositive();
        await().until(() -> asks().contains("revoked"));
        assertThat(Realm.failure(SecureEventBus.join(site.vertx, realm.options("caller"))))
                .hasMessageContaining("revoked");
        // Its lease is not over, but nobody takes it for alive.
        assertThat(site.get("/api/v1/instances").objects())
                .noneMatch(item -> item.getString("service").equals("caller"));
        assertThat(named("/api/v1/services", "caller").getInteger("instances")).isZero();
        assertAudited("revoke-service", "caller", Outcome.BEGUN, Outcome.DONE);
    }

    @Test
    void keys_thatAreReplaced_haveAnotherEpoch() {
        Reply reply = site.post("/api/v1/operations/greet/rotate", "operator", "{\"immediate\":true}");
        assertThat(reply.body().getLong("notice")).isPositive();
        assertThat(greet().getLong("activeEpoch")).isGreaterThan(1);
        assertThat(named("/api/v1/operations", "count").getLong("activeEpoch")).isEqualTo(1);
        assertAudited("rotate-now", "greet", Outcome.BEGUN, Outcome.DONE);
    }

    @Test
    void keys_ofAllOperations_areReplaced() {
        assertThat(site.post("/api/v1/rotate", "operator", "{\"immediate\":true}")
                        .status())
                .isEqualTo(200);
        assertThat(site.get("/api/v1/operations").objects())
                .allMatch(operation -> operation.getLong("activeEpoch") > 1);
        await().until(() -> site.get("/api/v1/rotations").items().size() == 2);
        assertAudited("rotate-now", "*", Outcome.BEGUN, Outcome.DONE);
    }

    @Test
    void keys_thatAreHastened_rotateSooner() {
        String before = greet().getString("rotatesAt");
        Reply reply = site.post("/api/v1/operations/greet/rotate", "operator", "{}");
        assertThat(reply.body()).isEqualTo(new JsonObject().put("accepted", true));
        assertThat(Instant.parse(greet().getString("rotatesAt"))).isBefore(Instant.parse(before));
        assertThat(asks()).isEqualTo("answered");
    }

    @Test
    void quarantine_thatIsLifted_hasEnded() {
        Realm.failure(SecureEventBus.join(
                site.vertx,
                realm.options("counter").setService("caller").setCredential(() -> realm.credential("counter"))));
        String name = site.get("/api/v1/quarantines")
                .objects()
                .findFirst()
                .orElseThrow()
                .getString("name");
        Reply reply = site.send("DELETE", "/api/v1/quarantines/" + name, realm.adminToken("tess", "operator"), "", "");
        assertThat(reply.body().getLong("notice")).isPositive();
        assertThat(site.get("/api/v1/quarantines").items()).isEmpty();
        assertThat(site.get("/api/v1/alarms").objects())
                .anyMatch(item -> item.getString("alarm").equals("QUARANTINED"));
        assertThat(site.get("/api/v1/alarms").body().getJsonArray("recent")).isNotEmpty();
    }

    @Test
    void refusals_areToldByReason() {
        Realm.failure(SecureEventBus.join(site.vertx, realm.options("counter").setCredential(() -> "nonsense")));
        JsonObject traffic = site.get("/api/v1/traffic").body();
        assertThat(traffic.getJsonObject("refusals").getLong("BAD_CREDENTIAL")).isEqualTo(1);
        JsonObject refused = traffic.getJsonArray("recentRefusals").getJsonObject(0);
        assertThat(refused.getString("service")).isEqualTo("counter");
        assertThat(refused.getString("kind")).isEqualTo("REGISTER");
    }

    private JsonObject flow() {
        return site.get("/api/v1/traffic")
                .objects()
                .filter(item -> item.getString("caller").equals("caller")
                        && item.getString("operation").equals("greet"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sealedMessages_areToldOnceProvidersRenew() {
        assertThat(flow().getLong("sealed")).isZero();
        assertThat(flow().getDouble("sealedPerSecond")).isZero();
        assertThat(asks()).isEqualTo("answered");
        assertThat(asks()).isEqualTo("answered");
        site.post("/api/v1/operations/greet/rotate", "operator", "{\"immediate\":true}");
        // The provider learns of the new key when a token of it is shown, and renews.
        await().until(() -> asks().equals("answered") && flow().getLong("sealed") >= 2);
        assertThat(flow().getDouble("sealedPerSecond")).isPositive();
        assertThat(flow().getLong("plaintext")).isZero();
    }

    @Test
    void dryRun_tellsWhatWouldChangeForWhom_andChangesNothing() {
        Reply reply = site.send(
                "POST", "/api/v1/policy/dry-run", realm.adminToken("tess", "viewer"), LESS, "application/yaml");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().getBoolean("loosens")).isTrue();
        assertThat(reply.body().getJsonArray("changes").encode()).contains("service caller", "service greeter");
        assertThat(named("/api/v1/services", "caller").getJsonArray("invokes")).containsExactly("greet");
    }

    @Test
    void dryRun_ofWhatIsWrong_namesLinesAndFixes() {
        Reply reply = site.send(
                "POST",
                "/api/v1/policy/dry-run",
                realm.adminToken("tess", "viewer"),
                POLICY.replace("provides: [count]", "provids: [count]"),
                "application/yaml");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body().getJsonArray("problems").getString(0))
                .contains("policy.yaml:", "did you mean 'provides'?");
    }

    @Test
    void explain_namesRulesAndLines() {
        JsonObject yes = site.get("/api/v1/policy/explain?service=caller&operation=greet")
                .body();
        assertThat(yes.getBoolean("allowed")).isTrue();
        assertThat(yes.getBoolean("invoke")).isTrue();
        assertThat(yes.getBoolean("provide")).isFalse();
        assertThat(yes.getJsonArray("why").stream().map(JsonObject.class::cast))
                .anyMatch(reason -> reason.getString("rule").equals("services.caller.invokes")
                        && reason.getInteger("line") == line("caller:"));
        JsonObject no = site.get("/api/v1/policy/explain?service=caller&operation=count")
                .body();
        assertThat(no.getBoolean("allowed")).isFalse();
        assertThat(site.get("/api/v1/policy/explain?service=caller").status()).isEqualTo(400);
    }

    private static int line(String start) {
        List<String> lines = POLICY.lines().map(String::strip).toList();
        return 1
                + lines.indexOf(lines.stream()
                        .filter(line -> line.startsWith(start))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void policy_thatIsReloaded_isGoneBy() {
        site.write(LESS);
        Reply reply = site.post("/api/v1/policy/reload", "admin", "{}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().getJsonArray("changes")).isNotEmpty();
        assertThat(named("/api/v1/services", "caller").getJsonArray("invokes")).containsExactly("count");
        SecureEventBus next = realm.join(site.vertx, "caller");
        assertThat(next.invokes()).containsExactly("count");
        assertAudited("reload-policy", "test.latchkey", Outcome.BEGUN, Outcome.DONE);
    }

    @Test
    void policy_withANewOperation_isServedAtOnce() {
        site.write(POLICY.replace(
                        "  count: {addresses: [counting]}",
                        "  count: {addresses: [counting]}\n  paint: {addresses: [painting]}")
                .replace("counter: {provides: [count]}", "counter: {provides: [count, paint]}")
                .replace("caller: {invokes: [greet]}", "caller: {invokes: [greet, paint]}"));
        assertThat(site.post("/api/v1/policy/reload", "admin", "").status()).isEqualTo(200);
        SecureEventBus counter = realm.join(site.vertx, "counter");
        await(counter.consumer("painting", message -> message.reply("red")).completion());
        SecureEventBus next = realm.join(site.vertx, "caller");
        assertThat(await(next.request("painting", "x")).body()).isEqualTo("red");
        assertThat(asks()).isEqualTo("answered");
    }

    @Test
    void policy_thatIsWrong_isRefusedWhole() {
        site.write(LESS.replace("provides: [count]", "provids: [count]"));
        Reply reply = site.post("/api/v1/policy/reload", "admin", "{}");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body().getJsonArray("problems")).isNotEmpty();
        assertThat(named("/api/v1/services", "caller").getJsonArray("invokes")).containsExactly("greet");
        assertAudited("reload-policy", "test.latchkey", Outcome.BEGUN, Outcome.FAILED);
    }

    @Test
    void policy_ofAnotherTrustDomain_needsARestart() {
        site.write(POLICY.replace("test.latchkey", "other.latchkey"));
        Reply reply = site.post("/api/v1/policy/reload", "admin", "{}");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body().getString("detail")).contains("trustDomain", "restart");
        assertThat(site.get("/api/v1/policy").body().getString("trustDomain")).isEqualTo("test.latchkey");
    }

    @Test
    void events_tellWhatHappens() {
        List<String> lines = site.stream(realm.adminToken("tess", "viewer"));
        await().until(() -> lines.contains("status: 200") && lines.contains("event: hello"));
        assertThat(lines).doesNotContain("event: instance");
        SecureEventBus counter = realm.join(site.vertx, "counter");
        await().until(() -> lines.stream().anyMatch(line -> line.contains(counter.instance())));
        site.post("/api/v1/instances/" + counter.instance() + "/revoke", "operator", "");
        site.post("/api/v1/rotate", "operator", "{\"immediate\":true}");
        Realm.failure(SecureEventBus.join(site.vertx, realm.options("counter").setCredential(() -> "nonsense")));
        await().untilAsserted(() -> assertThat(lines)
                .contains("event: instance", "event: revocation", "event: rotation", "event: refusal")
                .anyMatch(line -> line.contains("\"change\":\"revoked\"") && line.contains(counter.instance())));
    }

    @Test
    void events_endWithTheToken() {
        JsonObject claims = realm.adminClaims("tess", "viewer");
        claims.put("exp", Instant.now().getEpochSecond() - 3);
        List<String> lines = site.stream(realm.adminJwt(claims));
        await().until(() -> lines.contains("ended"));
        assertThat(lines).contains("status: 200");
    }

    @Test
    void streams_thatAreTooMany_areRefused() {
        for (int i = 0; i < 32; i++) {
            List<String> lines = site.stream(realm.adminToken("tess", "viewer"));
            await().until(() -> lines.contains(": welcome"));
        }
        assertThat(site.get("/api/v1/events").status()).isEqualTo(429);
    }

    @Test
    void bodies_holdNoSecret() {
        site.post("/api/v1/rotate", "operator", "{\"immediate\":true}");
        String token = realm.adminToken("tess", "viewer");
        for (String path : List.of(
                "services",
                "operations",
                "instances",
                "quarantines",
                "alarms",
                "rotations",
                "traffic",
                "policy",
                "policy/explain?service=caller&operation=greet")) {
            String body = site.send("GET", "/api/v1/" + path, token, "", "")
                    .response()
                    .body();
            assertThat(realm.secrets()).noneMatch(body::contains);
            assertThat(body).doesNotContain(token, "eyJ").doesNotContainPattern("[0-9a-f]{33}");
            assertThat(body.toLowerCase(Locale.ROOT)).doesNotContain("password", "secret", "commitment", "seed");
        }
    }

    @Test
    void health_needsNoToken_andIsNotReadyWithoutAnOrchestrator() {
        assertThat(site.send("GET", "/health/live", null, "", "").status()).isEqualTo(200);
        assertThat(site.send("GET", "/health/ready", null, "", "").body())
                .isEqualTo(new JsonObject().put("status", "ready"));
        await(site.vertx.undeploy(site.orchestrator.deploymentID()));
        assertThat(site.send("GET", "/health/ready", null, "", "").status()).isEqualTo(503);
        assertThat(site.send("GET", "/health/live", null, "", "").status()).isEqualTo(200);
    }

    @Test
    void document_isServedWithoutAToken() {
        Reply reply = site.send("GET", "/openapi.json", null, "", "");
        assertThat(reply.body().getString("openapi")).startsWith("3.1");
        JsonObject paths = reply.body().getJsonObject("paths");
        assertThat(paths.getJsonObject("/api/v1/policy/reload")
                        .getJsonObject("post")
                        .getString("x-role"))
                .isEqualTo("admin");
        assertThat(new JsonArray(List.copyOf(paths.fieldNames()))).contains("/api/v1/events");
    }
}
