// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import static dev.latchkey.examples.Futures.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.wire.Needle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows first, on two nodes: the greeter on one, and who asks on the other. */
@Timeout(120)
class VisitorProgramTest {
    private static final String POLICY = """
            version: 1
            trustDomain: test.latchkey
            operations:
              greet: {addresses: [greeting.hello]}
            services:
              greeter: {provides: [greet]}
              visitor: {invokes: [greet]}
            """;

    @Test
    void visit_isAnsweredByTheGreeterOfTheOtherNode(@TempDir Path home) throws IOException {
        Realm realm = Realm.create(home, POLICY);
        try (TappedNodes nodes = new TappedNodes(List.of(Needle.ofText("Hello")))) {
            realm.deployOrchestrator(nodes.first());
            JsonObject config = new JsonObject().put("latchkey", realm.latchkey("greeter"));
            await(nodes.second().deployVerticle(new Greeter(), new DeploymentOptions().setConfig(config)));

            assertThat(await(VisitorProgram.visit(nodes.first(), home))).isEqualTo("Hello Ada");
            assertThat(nodes.wire().sightings()).isEmpty();
        }
    }
}
