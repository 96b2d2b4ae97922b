// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.orchestrator.AdminSite.Reply;
import dev.latchkey.orchestrator.admin.AdminAction.Outcome;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is not let in, and what is not taken: each with its status and a problem document. */
class AdminRefusalTest {
    private static final String SERVICES = "/api/v1/services";

    @TempDir
    private Path folder;

    private final Realm realm = Realm.create();
    private AdminSite site;

    @BeforeEach
    void start() {
        site = new AdminSite(realm, Vertx.vertx(), Realm.POLICY, folder);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private static void assertProblem(Reply reply, int status, String type) {
        assertThat(reply.body().getString("type")).isEqualTo("urn:latchkey:problem:" + type);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.body().getInteger("status")).isEqualTo(status);
        assertThat(reply.body().getString("title")).isNotBlank();
        assertThat(reply.body().getString("detail")).isNotBlank();
    }

    private Reply withToken(String token) {
        return site.send("GET", SERVICES, token, "", "");
    }

    private Reply withClaims(UnaryOperator<JsonObject> change) {
        return withToken(realm.adminJwt(change.apply(realm.adminClaims("tess", "viewer"))));
    }

    private static UnaryOperator<JsonObject> put(String name, Object value) {
        return claims -> claims.put(name, value);
    }

    private static UnaryOperator<JsonObject> without(String name) {
        return claims -> {
            claims.remove(name);
            return claims;
        };
    }

    @Test
    void goodToken_isLetIn() {
        assertThat(withClaims(claims -> claims).status()).isEqualTo(200);
        assertThat(withClaims(put("roles", "viewer")).status()).isEqualTo(200);
    }

    @Test
    void noToken_isAsked() {
        Reply reply = site.send("GET", SERVICES, null, "", "");
        assertProblem(reply, 401, "no-token");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"latchkey\"");
    }

    @Test
    void token_elsewhereThanInTheHeader_isNone() {
        String token = realm.adminToken("tess", "admin");
        assertProblem(site.send("GET", SERVICES + "?access_token=" + token, null, "", ""), 401, "no-token");
        assertProblem(site.send("GET", SERVICES, null, "", "", "Cookie", "token=" + token), 401, "no-token");
        assertProblem(site.send("GET", SERVICES, null, "", "", "Authorization", "Basic " + token), 401, "no-token");
    }

    static Stream<UnaryOperator<JsonObject>> badClaims() {
        return Stream.of(
                put("aud", "test.latchkey"),
                put("aud", new JsonArray().add("other")),
                without("aud"),
                put("iss", "somebody"),
                without("iss"),
                put("exp", 1_000),
                put("exp", "never"),
                without("exp"),
                put("nbf", 253_402_300_000L),
                without("nbf"),
                claims -> claims.put("exp", claims.getLong("nbf") + 25 * 3600),
                without("sub"),
                put("sub", ""),
                put("sub", "x".repeat(200)));
    }

    @ParameterizedTest
    @MethodSource("badClaims")
    void token_ofOtherClaims_isRefused(UnaryOperator<JsonObject> change) {
        Reply reply = withClaims(change);
        assertProblem(reply, 401, "bad-token");
        assertThat(reply.header("WWW-Authenticate")).contains("invalid_token");
    }

    @Test
    void token_ofAnotherKey_isRefused() {
        String forged = realm.adminJwt(realm.adminClaims("tess", "admin"), SigningKey.generate());
        assertProblem(withToken(forged), 401, "bad-token");
    }

    @Test
    void token_changed_isRefused() {
        String[] parts = realm.adminToken("tess", "viewer").split("\\.");
        String claims = realm.adminClaims("tess", "admin").encode();
        String more = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        assertProblem(withToken(parts[0] + "." + more + "." + parts[2]), 401, "bad-token");
    }

    @Test
    void token_withoutSignature_isRefused() {
        String[] parts = realm.adminToken("tess", "admin").split("\\.");
        String header = "{\"typ\":\"latchkey-admin+jwt\",\"alg\":\"none\"}";
        String none = Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
        assertProblem(withToken(none + "." + parts[1] + "."), 401, "bad-token");
        assertProblem(withToken(parts[0] + "." + parts[1] + "."), 401, "bad-token");
    }

    @Test
    void credentialOfAService_isNoAdminToken() {
        assertProblem(withToken(realm.credential("caller")), 401, "bad-token");
        assertProblem(withToken("x".repeat(9_000)), 401, "bad-token");
    }

    @Test
    void adminToken_isNoCredential() {
        assertThat(Realm.failure(SecureEventBus.join(
                        site.vertx, realm.options("caller").setCredential(() -> realm.adminToken("caller", "admin")))))
                .hasMessageContaining("credential");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/rotate, viewer, {}",
        "POST, /api/v1/operations/greet/rotate, viewer, {}",
        "POST, /api/v1/instances/0123456789abcdef/revoke, viewer, {}",
        "POST, /api/v1/services/caller/revoke, viewer, '{\"for\":\"1m\"}'",
        "DELETE, /api/v1/quarantines/0123456789abcdef, viewer, ''",
        "POST, /api/v1/policy/reload, operator, {}",
        "POST, /api/v1/policy/reload, viewer, {}"
    })
    void lowerRole_isRefused_andThatIsRecorded(String method, String path, String role, String body) {
        long before = Realm.await(site.orchestrator.revocations()).number();
        Reply reply = site.send(method, path, realm.adminToken("vic", role), body, "application/json");
        assertProblem(reply, 403, "wrong-role");
        assertThat(reply.header("WWW-Authenticate")).contains("insufficient_scope");
        assertThat(site.audited)
                .hasSize(1)
                .allMatch(action -> action.outcome() == Outcome.REFUSED
                        && action.subject().equals("vic")
                        && action.target().equals(path));
        assertThat(Realm.await(site.orchestrator.revocations()).number()).isEqualTo(before);
    }

    @Test
    void tokenWithoutARole_isRefused() {
        assertProblem(withClaims(without("roles")), 403, "wrong-role");
        assertProblem(withClaims(put("roles", new JsonArray().add("root").add(1))), 403, "wrong-role");
    }

    @Test
    void body_thatIsTooLong_isRefused() {
        String padded = "{\"immediate\":false" + " ".repeat(20_000) + "}";
        assertProblem(site.post("/api/v1/rotate", "operator", padded), 413, "too-large");
        Reply yaml = site.send(
                "POST",
                "/api/v1/policy/dry-run",
                realm.adminToken("tess", "admin"),
                "#".repeat((1 << 20) + 1),
                "application/yaml");
        assertProblem(yaml, 413, "too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "1", "{\"immediate\":true,\"immediate\":false}", "{} {}", "immediate: true"})
    void body_thatIsNoJsonObject_isRefused(String body) {
        assertProblem(site.post("/api/v1/rotate", "operator", body), 400, "bad-json");
    }

    @Test
    void field_thatIsUnknown_isRefusedWithTheNearest() {
        Reply reply = site.post("/api/v1/rotate", "operator", "{\"imediate\":true}");
        assertProblem(reply, 400, "unknown-field");
        assertThat(reply.body().getString("field")).isEqualTo("imediate");
        assertThat(reply.body().getString("detail")).contains("did you mean 'immediate'?");
        assertProblem(
                site.post("/api/v1/instances/0123456789abcdef/revoke", "operator", "{\"for\":\"1m\"}"),
                400,
                "unknown-field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"soon\"", "\"P\"", "\"-PT1M\"", "\"0s\"", "\"P9999999D\"", "null"})
    void time_thatIsNone_isRefused(String time) {
        Reply reply = site.post("/api/v1/services/caller/revoke", "operator", "{\"for\":" + time + "}");
        assertProblem(reply, 400, "bad-field");
        assertThat(reply.body().getString("field")).isEqualTo("for");
        assertProblem(site.post("/api/v1/services/caller/revoke", "operator", "{}"), 400, "bad-field");
        assertThat(site.audited).isEmpty();
    }

    @Test
    void flag_thatIsNone_isRefused() {
        assertProblem(site.post("/api/v1/rotate", "operator", "{\"immediate\":\"yes\"}"), 400, "bad-field");
    }

    @Test
    void resource_thatIsNotThere_isRefused() {
        assertProblem(site.get("/api/v1/secrets"), 404, "not-found");
        assertProblem(site.get("/"), 404, "not-found");
        assertProblem(site.get("/console/../openapi.json/x"), 404, "not-found");
        assertProblem(site.get("/console/%2e%2e/admin/openapi.json"), 404, "not-found");
        Reply reply = site.post("/api/v1/operations/gret/rotate", "operator", "{}");
        assertProblem(reply, 404, "not-found");
        assertThat(reply.body().getString("detail")).contains("did you mean 'greet'?");
        assertProblem(site.post("/api/v1/services/nobody/revoke", "operator", "{\"for\":\"1m\"}"), 404, "not-found");
        assertProblem(site.post("/api/v1/instances/nobody/revoke", "operator", "{}"), 404, "not-found");
        String operator = realm.adminToken("tess", "operator");
        assertProblem(site.send("DELETE", "/api/v1/quarantines/nobody", operator, "", ""), 404, "not-found");
    }

    @Test
    void method_thatIsNotForIt_isRefused() {
        Reply reply = site.post(SERVICES, "admin", "{}");
        assertProblem(reply, 405, "wrong-method");
        assertThat(reply.header("Allow")).isEqualTo("GET");
        assertProblem(site.get("/api/v1/policy/reload"), 405, "wrong-method");
    }

    @Test
    void mediaType_thatIsAnother_isRefused() {
        String admin = realm.adminToken("tess", "admin");
        assertProblem(site.send("POST", "/api/v1/rotate", admin, "{}", "text/plain"), 415, "wrong-media-type");
        assertProblem(site.send("POST", "/api/v1/rotate", admin, "{}", ""), 415, "wrong-media-type");
        assertProblem(
                site.send("POST", "/api/v1/policy/dry-run", admin, "{}", "application/json"), 415, "wrong-media-type");
    }

    @Test
    void request_ofAnotherSite_isRefused_andItsOwnIsNot() {
        String admin = realm.adminToken("tess", "admin");
        String json = "application/json";
        String own = "http://127.0.0.1:" + site.port();
        assertProblem(
                site.send("POST", "/api/v1/rotate", admin, "{}", json, "Sec-Fetch-Site", "cross-site"),
                403,
                "cross-site");
        assertProblem(
                site.send("POST", "/api/v1/rotate", admin, "{}", json, "Sec-Fetch-Site", "same-site"),
                403,
                "cross-site");
        assertProblem(
                site.send("POST", "/api/v1/rotate", admin, "{}", json, "Origin", "https://evil.example"),
                403,
                "cross-site");
        assertProblem(site.send("POST", "/api/v1/rotate", admin, "{}", json, "Origin", "null"), 403, "cross-site");
        assertThat(site.audited).isEmpty();
        assertThat(site.send(
                                "POST",
                                "/api/v1/rotate",
                                admin,
                                "{}",
                                json,
                                "Sec-Fetch-Site",
                                "same-origin",
                                "Origin",
                                own)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void requests_thatAreTooMany_areRefused_andOthersAreNot(@TempDir Path other) {
        Realm another = Realm.create();
        try (AdminSite slow = new AdminSite(another, Vertx.vertx(), Realm.POLICY, other, 3)) {
            String token = another.adminToken("hasty", "viewer");
            List<Reply> replies = IntStream.range(0, 20)
                    .mapToObj(i -> slow.send("GET", SERVICES, token, "", ""))
                    .toList();
            Reply refused = replies.stream()
                    .filter(reply -> reply.status() != 200)
                    .findFirst()
                    .orElseThrow();
            assertProblem(refused, 429, "too-many");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(slow.get(SERVICES).status()).isEqualTo(200);
            List<Integer> guesses = IntStream.range(0, 20)
                    .mapToObj(
                            i -> slow.send("GET", SERVICES, "guess" + i, "", "").status())
                    .toList();
            assertThat(guesses).contains(401, 429);
        }
    }

    @Test
    void action_thatCannotBeRecorded_isNotDone() {
        site.auditFails = true;
        long before = Realm.await(site.orchestrator.revocations()).number();
        assertProblem(site.post("/api/v1/rotate", "operator", "{\"immediate\":true}"), 503, "unavailable");
        assertThat(Realm.await(site.orchestrator.revocations()).number()).isEqualTo(before);
    }

    @Test
    void answers_tellBrowsersToDoNothingElse() {
        for (String path : List.of(SERVICES, "/api/v1/nothing", "/health/live")) {
            Reply reply = site.get(path);
            assertThat(reply.header("Content-Security-Policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
        }
        Reply console = site.get("/console/");
        assertThat(console.status()).isEqualTo(200);
        assertThat(console.header("Content-Security-Policy"))
                .contains("script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }
}
