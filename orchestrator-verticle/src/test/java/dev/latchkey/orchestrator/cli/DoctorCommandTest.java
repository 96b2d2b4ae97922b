// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole look at a home that {@code latchkey init} made. */
final class DoctorCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private TestDomain domain;

    @BeforeEach
    void init() throws IOException {
        domain = TestDomain.in(folder);
    }

    private Console look(int expected) {
        Console console = new Console();
        assertThat(console.run("doctor", "--config", domain.home().orchestrator(), "--json"))
                .as(console.out() + console.err())
                .isEqualTo(expected);
        return console;
    }

    private static Map<String, String> levels(Console console) {
        JsonArray items = new JsonObject(console.out()).getJsonArray("items");
        return items.stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toMap(item -> item.getString("check"), item -> item.getString("level")));
    }

    @Test
    void look_freshHome_failsNowhere() {
        assertThat(levels(look(0)))
                .containsKeys("jdk", "jdk-flags", "entropy", "file-descriptors", "clock", "cluster.port", "dns")
                .containsEntry("settings and keystore", "ok")
                .containsEntry("permissions of orchestrator.p12", "ok")
                .containsEntry("permissions of keystore.password", "ok")
                .containsEntry("cluster", "ok")
                .doesNotContainValue("fail");
    }

    @Test
    void look_keystoreThatOthersMayRead_endsWithOne() throws IOException {
        Files.setPosixFilePermissions(
                domain.home().orchestratorKeystore(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(levels(look(1))).containsEntry("permissions of orchestrator.p12", "fail");
    }

    @Test
    void look_wrongPassword_endsWithOneAndSaysWhy() throws IOException {
        Files.writeString(domain.home().password(), "wrong\n");
        Console console = new Console();
        assertThat(console.run("doctor", "--config", domain.home().orchestrator()))
                .isEqualTo(1);
        assertThat(console.out())
                .contains("fail  settings and keystore: keystore ", "does not open: wrong password")
                .contains("      fix: check the password file");
    }

    @Test
    void look_nodeWithoutItsCluster_endsWithOne() throws IOException {
        Console console = new Console();
        assertThat(console.run("doctor", "--cluster", domain.node())).isEqualTo(1);
        assertThat(console.out()).contains("fail  cluster: none of 127.0.0.1:" + domain.port() + " answers");
    }

    @Test
    void look_clockOfAnOrchestrator_isAsked() throws IOException {
        try (FakeAdmin admin = FakeAdmin.start()) {
            Console console = new Console();
            assertThat(console.run("doctor", "--config", domain.home().orchestrator(), "--url", admin.url()))
                    .isZero();
            assertThat(admin.asked()).containsExactly("GET /health/live");
            assertThat(console.out()).containsPattern("ok    clock: [0-4] s (ahead of|behind) the orchestrator's");
        }
    }

    @Test
    void look_misspeltSetting_isRefusedWithTheNearestName() throws IOException {
        domain.replace(domain.home().orchestrator(), "deployers:", "deployer:");
        Console console = new Console();
        assertThat(console.run("doctor", "--config", domain.home().orchestrator()))
                .isEqualTo(1);
        assertThat(console.out()).contains("did you mean 'deployers'?");
    }
}
