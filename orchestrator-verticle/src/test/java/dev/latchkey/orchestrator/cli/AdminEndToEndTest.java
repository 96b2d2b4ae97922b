// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.orchestrator.cluster.FreePort;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each command that asks an orchestrator, against a real one with two services. What revokes comes last. */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init")
final class AdminEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static TestDomain domain;
    private static Path token;
    private static String url;
    private static final List<Running> RUNNING = new ArrayList<>();

    private final Console console = new Console();

    @BeforeAll
    static void start() throws IOException {
        domain = TestDomain.in(folder);
        int port = FreePort.on("127.0.0.1");
        url = "http://127.0.0.1:" + port;
        Path settings = domain.home().orchestrator();
        Files.writeString(settings, Files.readString(settings) + "\nadmin: {port: " + port + "}\n");
        token = folder.resolve("ops.jwt");
        assertThat(new Console()
                        .run(
                                "admin-token",
                                "issue",
                                "--role",
                                "admin",
                                "--dir",
                                domain.home().dir(),
                                "--out",
                                token))
                .isZero();
        domain.issue("greeter");
        domain.issue("visitor");
        RUNNING.add(Running.start("orchestrator", "--config", settings));
        RUNNING.add(service(Greeter.class, "greeter"));
        RUNNING.add(service(Visitor.class, "visitor"));
    }

    private static Running service(Class<?> verticle, String service) throws IOException {
        return Running.start(
                "run",
                verticle.getName(),
                "--service",
                service,
                "--dir",
                domain.home().dir(),
                "--cluster",
                domain.node());
    }

    @AfterAll
    static void stop() {
        for (int i = RUNNING.size() - 1; i >= 0; i--) {
            RUNNING.get(i).close();
        }
    }

    private static int run(Console at, Object... command) {
        return at.run(Stream.concat(Stream.of(command), Stream.of("--url", url, "--token-file", token))
                .toArray());
    }

    private JsonObject json(Object... command) {
        Console at = new Console();
        Object[] arguments =
                Stream.concat(Stream.of(command), Stream.of("--json")).toArray();
        assertThat(run(at, arguments)).as(at.err()).isZero();
        return new JsonObject(at.out());
    }

    private List<JsonObject> items(Object... command) {
        return Items.of(json(command));
    }

    @Test
    @Order(1)
    void services_operations_instances_areThose() {
        // One whose first question was answered late has registered twice, so there may be more.
        assertThat(items("services"))
                .allSatisfy(item -> assertThat(item.getInteger("instances")).isPositive())
                .extracting(item -> item.getString("name"))
                .containsExactlyInAnyOrder("greeter", "visitor");
        assertThat(items("operations")).singleElement().satisfies(operation -> {
            assertThat(operation.getString("name")).isEqualTo("greet");
            assertThat(operation.getString("mode")).isEqualTo("strict");
            assertThat(operation.getLong("activeEpoch")).isPositive();
        });
        assertThat(items("instances", "--service", "greeter"))
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item.getString("service")).isEqualTo("greeter"));
        assertThat(run(console, "operations")).isZero();
        assertThat(console.out()).contains("greet", "greeter", "visitor", "greeting.hello");
    }

    @Test
    @Order(2)
    void doctor_findsTheClockOfTheOrchestrator() {
        assertThat(run(console, "doctor", "--config", domain.home().orchestrator()))
                .as(console.out())
                .isZero();
        assertThat(console.out()).contains("the orchestrator's");
    }

    @Test
    @Order(2)
    void policy_explainDiffReload_areTheOrchestrators() throws IOException {
        assertThat(run(console, "policy", "explain", "visitor", "greet", "--remote"))
                .isZero();
        assertThat(run(console, "policy", "explain", "greeter", "nothing", "--remote"))
                .isEqualTo(1);
        Path next = Files.writeString(
                folder.resolve("next.yaml"),
                Files.readString(domain.home().policy())
                        .replace("addresses: [greeting.hello]", "addresses: [greeting.hello, greeting.bye]"));
        assertThat(json("policy", "diff", next, "--remote").getJsonArray("changes"))
                .hasSize(1);
        Files.copy(next, domain.home().policy(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(json("policy", "reload", "--yes").getJsonArray("changes")).hasSize(1);
        assertThat(json("policy", "diff", next, "--remote").getJsonArray("changes"))
                .isEmpty();
    }

    @Test
    @Order(3)
    void rotate_now_changesTheEpoch_andEventsTellOfIt() {
        Console events = new Console();
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread follower = new Thread(() -> code.complete(run(events, "events")), "events");
        follower.start();
        await().atMost(PATIENCE).until(() -> !events.out().isEmpty() || !follower.isAlive());
        long before = epoch();
        assertThat(run(console, "rotate", "greet", "--now")).as(console.err()).isZero();
        assertThat(console.out()).contains("greet: the keys are replaced, told by notice");
        assertThat(epoch()).isGreaterThan(before);
        assertThat(run(console, "rotate", "--all")).as(console.err()).isZero();
        await().atMost(PATIENCE).until(() -> events.out().lines().count() > 1);
        follower.interrupt();
        assertThat(code.orTimeout(20, TimeUnit.SECONDS).join()).isZero();
    }

    private long epoch() {
        return items("operations").get(0).getLong("activeEpoch");
    }

    @Test
    @Order(3)
    void rotate_unknownOperation_isRefused() {
        assertThat(run(console, "rotate", "great")).isEqualTo(1);
        assertThat(console.errLines()).singleElement().asString().contains("refused: ");
    }

    @Test
    @Order(4)
    void quarantine_listAndLift_whereNobodyIs() {
        assertThat(items("quarantine", "list")).isEmpty();
        assertThat(run(console, "quarantine", "lift", "0123456789abcdef")).isEqualTo(1);
        assertThat(console.errLines()).singleElement().asString().contains("refused: 404");
    }

    @Test
    @Order(4)
    void token_none_isRefusedWithWhatToDo() {
        assertThat(console.run("services", "--url", url)).isEqualTo(1);
        assertThat(console.errLines()).singleElement().asString().contains("refused: 401", "admin-token issue");
    }

    @Test
    @Order(5)
    void revoke_instance_itIsGone() {
        String instance = items("instances", "--service", "visitor").get(0).getString("id");
        assertThat(run(console, "revoke", "--instance", instance, "--yes"))
                .as(console.err())
                .isZero();
        await().atMost(PATIENCE).until(() -> items("instances", "--service", "visitor").stream()
                .noneMatch(item -> instance.equals(item.getString("id"))));
    }

    @Test
    @Order(6)
    void revoke_service_noneOfItMayRegister() throws IOException {
        assertThat(run(console, "revoke", "--service", "greeter", "--for", "15m", "--yes"))
                .as(console.err())
                .isZero();
        Console another = new Console();
        assertThat(another.run(
                        "run",
                        Greeter.class.getName(),
                        "--service",
                        "greeter",
                        "--dir",
                        domain.home().dir(),
                        "--cluster",
                        domain.node()))
                .isEqualTo(1);
        assertThat(another.errLines()).singleElement().asString().startsWith("latchkey: REVOKED: ");
    }
}
