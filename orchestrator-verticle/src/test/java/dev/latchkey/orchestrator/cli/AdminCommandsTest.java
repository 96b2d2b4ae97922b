// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that ask an orchestrator, against one that says what the contract lets it say. */
final class AdminCommandsTest {
    private static final String SERVICES =
            "{\"items\":[{\"name\":\"visitor\",\"provides\":[],\"invokes\":[\"greet\"],\"instances\":2},"
                    + "{\"name\":\"greeter\",\"provides\":[\"greet\"],\"invokes\":[],\"instances\":1}]}";

    private final Console console = new Console();

    @SuppressWarnings("NullAway.Init")
    private FakeAdmin admin;

    @BeforeEach
    void start() throws IOException {
        admin = FakeAdmin.start();
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private int run(Console at, String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--url", admin.url()));
        return at.run(arguments.toArray());
    }

    private int run(String... command) {
        return run(console, command);
    }

    private JsonObject json() {
        return new JsonObject(console.out());
    }

    @Test
    void services_areATable() {
        admin.says("GET /api/v1/services", SERVICES);
        assertThat(run("services")).isZero();
        assertThat(console.out().lines())
                .containsExactly(
                        "SERVICE  INSTANCES  PROVIDES  INVOKES",
                        "visitor  2          -         greet",
                        "greeter  1          greet     -");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void services_json_isTheAnswer() {
        admin.says("GET /api/v1/services", SERVICES);
        assertThat(run("services", "--json")).isZero();
        assertThat(json()).isEqualTo(new JsonObject(SERVICES));
    }

    @Test
    void services_none_saysSo() {
        admin.says("GET /api/v1/services", "{\"items\":[]}");
        assertThat(run("services")).isZero();
        assertThat(console.out().lines()).containsExactly("SERVICE  INSTANCES  PROVIDES  INVOKES", "none");
    }

    @Test
    void services_nameThatWouldDriveTheTerminal_isEscaped() {
        admin.says("GET /api/v1/services", "{\"items\":[{\"name\":\"a\\u001b[2Jb\"}]}");
        assertThat(run("services")).isZero();
        assertThat(console.out()).contains("a\\u001B[2Jb").doesNotContain("\u001b");
    }

    @Test
    void operations_showKeysAndParties() {
        admin.says(
                "GET /api/v1/operations",
                "{\"items\":[{\"name\":\"greet\",\"addresses\":[\"greeting.hello\",\"greeting.*\"],\"mode\":\"strict\","
                        + "\"providers\":[\"greeter\"],\"callers\":[\"visitor\",\"clerk\"],\"activeEpoch\":7,"
                        + "\"rotatesAt\":\"2026-11-26T21:00:00Z\",\"instances\":3}]}");
        assertThat(run("operations")).isZero();
        assertThat(console.out().lines().skip(1))
                .containsExactly("greet      strict  7      2026-11-26T21:00:00Z  3          greeter    visitor,clerk"
                        + "  greeting.hello,greeting.*");
    }

    @Test
    void instances_ofOneService_areThoseOnly() {
        admin.says(
                "GET /api/v1/instances",
                "{\"items\":[{\"id\":\"0000000000000001\",\"service\":\"greeter\",\"node\":\"127.0.0.1:5702\","
                        + "\"provides\":[\"greet\"],\"invokes\":[],\"leaseUntil\":\"2026-11-26T21:00:00Z\"},"
                        + "{\"id\":\"0000000000000002\",\"service\":\"visitor\"}]}");
        assertThat(run("instances", "--service", "greeter")).isZero();
        assertThat(console.out()).contains("0000000000000001", "127.0.0.1:5702").doesNotContain("0000000000000002");
    }

    @Test
    void rotate_operations_areAskedForEach() {
        admin.says("POST /api/v1/operations/greet/rotate", "{\"accepted\":true}");
        admin.says("POST /api/v1/operations/buy/rotate", "{\"accepted\":true}");
        assertThat(run("rotate", "greet", "buy")).isZero();
        assertThat(admin.asked())
                .containsExactly(
                        "POST /api/v1/operations/greet/rotate {\"immediate\":false}",
                        "POST /api/v1/operations/buy/rotate {\"immediate\":false}");
        assertThat(console.out()).contains("greet: the next key takes over").contains("buy: ");
    }

    @Test
    void rotate_allNow_tellsTheNotice() {
        admin.says("POST /api/v1/rotate", "{\"notice\":42}");
        assertThat(run("rotate", "--all", "--now")).isZero();
        assertThat(admin.asked()).containsExactly("POST /api/v1/rotate {\"immediate\":true}");
        assertThat(console.out()).startsWith("all operations: the keys are replaced, told by notice 42");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rotate", "rotate greet --all"})
    void rotate_neitherOrBoth_isAWrongCommand(String command) {
        assertThat(run(command.split(" "))).isEqualTo(2);
        assertThat(console.err()).contains("Name operations, or --all");
        assertThat(admin.asked()).isEmpty();
    }

    @Test
    void rotate_nameWithASlash_staysOneSegment() {
        assertThat(run("rotate", "../revoke me")).isEqualTo(1);
        assertThat(admin.asked().get(0)).startsWith("POST /api/v1/operations/..%2Frevoke%20me/rotate");
    }

    @Test
    void revoke_withoutTerminal_needsYes() {
        assertThat(run("revoke", "--instance", "1")).isEqualTo(2);
        assertThat(console.err()).contains("Add --yes").contains("Revoke instance 1?");
        assertThat(admin.asked()).isEmpty();
    }

    @Test
    void revoke_yes_asksNobody() {
        admin.says("POST /api/v1/services/visitor/revoke", "{\"notice\":9}");
        assertThat(run("revoke", "--service", "visitor", "--for", "15m", "--yes"))
                .isZero();
        assertThat(admin.asked()).containsExactly("POST /api/v1/services/visitor/revoke {\"for\":\"15m\"}");
        assertThat(console.out()).startsWith("revoked all instances of service visitor for 15m, told by notice 9");
    }

    @Test
    void revoke_onATerminal_isDoneOnlyAfterYes() {
        admin.says("POST /api/v1/instances/0a/revoke", "{\"notice\":9}");
        FakeTerminal doubtful = new FakeTerminal("", false);
        assertThat(run(new Console(doubtful), "revoke", "--instance", "0a")).isEqualTo(1);
        assertThat(admin.asked()).isEmpty();
        assertThat(doubtful.questions()).containsExactly("Revoke instance 0a? [y/N]");
        assertThat(run(new Console(new FakeTerminal(" Y ", false)), "revoke", "--instance", "0a"))
                .isZero();
        assertThat(admin.asked()).containsExactly("POST /api/v1/instances/0a/revoke {}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "revoke --yes",
                "revoke --yes --instance 1 --service a --for 1m",
                "revoke --yes --service a",
                "revoke --yes --instance 1 --for 1m",
                "revoke --yes --service a --for 5"
            })
    void revoke_halfACommand_isAWrongOne(String command) {
        assertThat(run(command.split(" "))).isEqualTo(2);
        assertThat(console.errLines()).hasSize(1);
        assertThat(admin.asked()).isEmpty();
    }

    @Test
    void quarantine_listAndLift() {
        admin.says("GET /api/v1/quarantines", "{\"items\":[{\"name\":\"0b\",\"until\":\"2026-11-26T21:00:00Z\"}]}");
        admin.says("DELETE /api/v1/quarantines/0b", "{\"notice\":5}");
        assertThat(run("quarantine", "list")).isZero();
        assertThat(run("quarantine", "lift", "0b")).isZero();
        assertThat(console.out().lines())
                .containsExactly(
                        "NAME  UNTIL", "0b    2026-11-26T21:00:00Z", "lifted the quarantine of 0b, told by notice 5");
    }

    @Test
    void explain_remote_showsVerdictAndEndsByIt() {
        String question = "GET /api/v1/policy/explain?service=visitor&operation=greet";
        admin.says(
                question,
                "{\"allowed\":true,\"verdict\":\"visitor may invoke greet\",\"why\":[{\"rule\":\"r\",\"text\":\"t\"}]}");
        assertThat(run("policy", "explain", "visitor", "greet", "--remote")).isZero();
        assertThat(console.out().lines()).containsExactly("visitor may invoke greet", "  r: t");
        admin.says(question, "{\"allowed\":false,\"verdict\":\"no\",\"why\":[]}");
        assertThat(run("policy", "explain", "visitor", "greet", "--remote")).isEqualTo(1);
    }

    @Test
    void diff_remote_sendsTheFileAndShowsTheAnswer(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("p.yaml"), "version: 1\n");
        admin.says(
                "POST /api/v1/policy/dry-run",
                "{\"loosens\":true,\"changes\":[{\"about\":\"service a\",\"effect\":\"loosens\",\"text\":\"may invoke b\","
                        + "\"services\":[\"a\"]}]}");
        assertThat(run("policy", "diff", file.toString(), "--remote", "--fail-if-looser"))
                .isEqualTo(1);
        assertThat(admin.asked()).containsExactly("POST /api/v1/policy/dry-run version: 1\n");
        assertThat(console.out().lines()).containsExactly("service a", "  + may invoke b");
        assertThat(run("policy", "diff", file.toString())).isEqualTo(2);
        assertThat(run("policy", "diff", file.toString(), file.toString(), "--remote"))
                .isEqualTo(2);
    }

    @Test
    void reload_needsYes_andShowsWhatHasChanged() {
        admin.says("POST /api/v1/policy/reload", "{\"accepted\":true,\"loosens\":false,\"changes\":[]}");
        assertThat(run("policy", "reload")).isEqualTo(2);
        assertThat(admin.asked()).isEmpty();
        assertThat(run("policy", "reload", "--yes")).isZero();
        assertThat(admin.asked()).containsExactly("POST /api/v1/policy/reload {}");
    }

    @Test
    void token_isShownAndNeverPrinted(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("ops.jwt"), "head.body.sign\n");
        admin.refuses("GET /api/v1/services", 403, "{\"title\":\"Forbidden\",\"status\":403,\"detail\":\"no role\"}");
        assertThat(run("services", "--token-file", token.toString())).isEqualTo(1);
        assertThat(admin.asked()).containsExactly("GET /api/v1/services Bearer head.body.sign");
        assertThat(console.errLines())
                .containsExactly("latchkey: " + admin.url()
                        + " refused: 403 Forbidden: no role; use a token of a role that may do this");
        assertThat(console.out() + console.err()).doesNotContain("head.body");
    }

    @Test
    void token_fileThatHoldsSomethingElse_isNotSent(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ops.jwt"), "secret\r\nX-Evil: 1");
        assertThat(run("services", "--token-file", file.toString())).isEqualTo(1);
        assertThat(console.errLines())
                .singleElement()
                .asString()
                .contains("holds no token")
                .doesNotContain("secret");
        assertThat(admin.asked()).isEmpty();
    }

    @Test
    void refusal_withoutProblemDocument_isOneLine() {
        assertThat(run("services")).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly("latchkey: " + admin.url() + " refused: 404 without a problem document");
    }

    @Test
    void redirect_isNotFollowed() {
        admin.refuses("GET /api/v1/services", 302, "");
        assertThat(run("services")).isEqualTo(1);
        assertThat(console.err()).contains("refused: 302");
    }

    @Test
    void answer_thatIsNoJson_isRefused() {
        admin.says("GET /api/v1/services", "<html>");
        assertThat(run("services")).isEqualTo(1);
        assertThat(console.err()).contains("is it an admin API?");
    }

    @Test
    void nobodyThere_endsWithThree() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(console.run("services", "--url", "http://127.0.0.1:" + port)).isEqualTo(3);
        assertThat(console.errLines()).singleElement().asString().contains("does not answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.0.2.1:9080",
                "ftp://127.0.0.1",
                "127.0.0.1:9080",
                "http://user@127.0.0.1",
                "http://127.0.0.1/api",
                "http://127.0.0.1?x"
            })
    void url_thatIsWrongOrWouldShowTheToken_isRefused(String url) {
        assertThat(console.run("services", "--url", url)).isEqualTo(1);
        assertThat(console.errLines()).singleElement().asString().startsWith("latchkey: --url: ");
    }

    @Test
    void events_areLinesUntilCount() {
        admin.streams(
                "GET /api/v1/events",
                ": hello\n\nid: 1\nevent: alarm\ndata: {\"kind\":\"X\"}\n\nid: 2\nevent: rotated\ndata: {}\n\n");
        assertThat(run("events", "--count", "2")).isZero();
        assertThat(console.out().lines()).containsExactly("alarm  {\"kind\":\"X\"}", "rotated  {}");
    }

    @Test
    void events_only_filters() {
        admin.streams("GET /api/v1/events", "event: alarm\ndata: {}\n\nid: 2\nevent: rotated\ndata: {\"a\":1}\n\n");
        assertThat(run("events", "--count", "1", "--only", "rotated", "--json")).isZero();
        assertThat(console.out().lines()).containsExactly("{\"id\":\"2\",\"event\":\"rotated\",\"data\":{\"a\":1}}");
    }

    @Test
    void events_streamEnds_goesOnAfterTheLast() {
        admin.streams("GET /api/v1/events", "id: 7\nevent: alarm\ndata: {}\n\n");
        assertThat(run("events", "--count", "2")).isZero();
        assertThat(admin.asked()).containsExactly("GET /api/v1/events", "GET /api/v1/events after 7");
    }

    @Test
    void events_interrupted_endsWithZero() {
        admin.streams("GET /api/v1/events", "event: alarm\ndata: {}\n\n");
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread thread = new Thread(() -> code.complete(run("events")), "events");
        thread.start();
        await().until(() -> console.out().contains("alarm"));
        thread.interrupt();
        assertThat(code.orTimeout(20, TimeUnit.SECONDS).join()).isZero();
    }

    @Test
    void colours_onlyWhereTheyAreSeen() {
        admin.says("GET /api/v1/services", SERVICES);
        Console bright = new Console(new FakeTerminal("", true));
        assertThat(run(bright, "services")).isZero();
        assertThat(bright.out()).contains("\u001b[1m");
        assertThat(run("services")).isZero();
        assertThat(console.out()).doesNotContain("\u001b");
    }
}
