// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.registration.SealedFlow;
import dev.latchkey.orchestrator.observe.Passage;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.PolicyFile;
import dev.latchkey.orchestrator.state.Carried;
import dev.latchkey.orchestrator.state.Lease;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficViewTest {
    private static final String POLICY = """
            version: 1
            trustDomain: test.latchkey
            defaults: {tokenLifetime: 60s, rotationInterval: 60s, leaseDuration: 60s}
            operations:
              greet: {addresses: [greeting.*]}
              count: {addresses: [counting]}
            services:
              caller: {invokes: [greet, count]}
              greeter: {provides: [greet], invokes: [count]}
              counter: {provides: [count]}
            """;

    @TempDir
    private Path folder;

    private Policy policy;

    @BeforeEach
    void load() throws IOException {
        policy = PolicyFile.load(Files.writeString(folder.resolve("policy.yaml"), POLICY));
    }

    /** Two seconds after it registered, the instance told of these messages. */
    private static Lease lease(SealedFlow... told) {
        Carried carried = Carried.since(1_000).and(List.of(told), 3_000);
        return new Lease("provider", Set.of(), Set.of(), Buffer.buffer(), 0, null, "", carried);
    }

    private JsonArray items(Map<Passage, Long> plaintext, Lease... leases) {
        return new TrafficView(policy, plaintext, List.of(leases)).items();
    }

    private static JsonObject item(JsonArray items, String caller, String operation) {
        return items.stream()
                .map(JsonObject.class::cast)
                .filter(item -> item.getString("caller").equals(caller)
                        && item.getString("operation").equals(operation))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void items_areTheRightsToCall_eachOnce() {
        assertThat(items(Map.of())).hasSize(3);
    }

    @Test
    void sealed_isTheSumOfWhatAllProvidersTook_byCallerAndOperation() {
        JsonArray items = items(
                Map.of(),
                lease(new SealedFlow("caller", "greet", 10), new SealedFlow("caller", "count", 7)),
                lease(new SealedFlow("caller", "greet", 5), new SealedFlow("greeter", "count", 2)));
        assertThat(item(items, "caller", "greet").getLong("sealed")).isEqualTo(15);
        assertThat(item(items, "caller", "greet").getDouble("sealedPerSecond")).isEqualTo(7.5);
        assertThat(item(items, "caller", "count").getLong("sealed")).isEqualTo(7);
        assertThat(item(items, "greeter", "count").getLong("sealed")).isEqualTo(2);
    }

    /** An instance may tell of more than there can be. */
    @Test
    void sealed_ofMoreThanALongHolds_isTheLargest() {
        SealedFlow many = new SealedFlow("caller", "greet", Long.MAX_VALUE);
        assertThat(item(items(Map.of(), lease(many), lease(many)), "caller", "greet")
                        .getLong("sealed"))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void plaintext_isWhatTheCallerSentAtAddressesOfTheOperation() {
        JsonArray items = items(Map.of(
                new Passage("greeting.one", Flow.SENT, "caller", "caller"), 3L,
                new Passage("greeting.two", Flow.SENT, "caller", "caller"), 4L,
                new Passage("greeting.one", Flow.RECEIVED, "caller", "caller"), 50L,
                new Passage("elsewhere", Flow.SENT, "caller", "caller"), 60L,
                new Passage("counting", Flow.SENT, "greeter", "greeter"), 9L));
        assertThat(item(items, "caller", "greet").getLong("plaintext")).isEqualTo(7);
        assertThat(item(items, "caller", "count").getLong("plaintext")).isZero();
        assertThat(item(items, "greeter", "count").getLong("plaintext")).isEqualTo(9);
    }
}
