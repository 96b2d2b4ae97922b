// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.orchestrator.OrchestratorOptions;
import dev.latchkey.orchestrator.admin.AdminOptions;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings in {@code conf} are ones that the commands take. */
final class ConfFilesTest {
    private static final Path CONF = Path.of("..", "conf");

    @ParameterizedTest
    @ValueSource(strings = {"orchestrator.yaml", "orchestrator-full.yaml"})
    void orchestrator_beneathItsKeys_loads(String name, @TempDir Path folder) throws IOException {
        Home home = new Home(folder);
        assertThat(new Console().run("init", "--dir", folder)).isZero();
        Files.copy(CONF.resolve(name), home.orchestrator(), StandardCopyOption.REPLACE_EXISTING);
        OrchestratorFile file = OrchestratorFile.load(home.orchestrator());
        assertThat(file.options().getPolicy().trustDomain()).isEqualTo("example.latchkey");
        assertThat(file.options().getQuestionsPerSecond()).isEqualTo(2_000);
        assertThat(file.options().getRegistrationsPerSecondOfService()).isEqualTo(500);
        assertThat(file.admin(file.options())).isEqualTo(expectedAdmin(name, file));
        assertThat(file.cluster()).isEqualTo(ClusterSection.defaults().settings());
    }

    /** What is written out in the full file is what holds without it. */
    private static Optional<AdminOptions> expectedAdmin(String name, OrchestratorFile file) {
        OrchestratorOptions options = file.options();
        return name.equals("orchestrator.yaml")
                ? Optional.empty()
                : Optional.of(AdminOptions.fromJson(
                        new JsonObject(),
                        options.getDeployer(),
                        options.getPolicy().trustDomain()));
    }

    @Test
    void orchestrator_written_isTheOneInConf(@TempDir Path folder) throws IOException {
        assertThat(new Console().run("init", "--dir", folder)).isZero();
        String shipped = Files.readString(CONF.resolve("orchestrator.yaml"));
        String written = Files.readString(new Home(folder).orchestrator());
        assertThat(shipped.lines().skip(1))
                .containsExactlyElementsOf(written.lines().skip(1).toList());
    }

    @Test
    void node_loads() throws IOException {
        ClusterSettings settings =
                ClusterSection.load(CONF.resolve("node.yaml")).settingsOnAnyPort();
        ClusterSettings standard = ClusterSection.defaults().settings();
        assertThat(settings.clusterName()).isEqualTo(standard.clusterName());
        assertThat(settings.host()).isEqualTo(standard.host());
        assertThat(settings.members()).isEqualTo(standard.members());
    }

    @Test
    void nodeFull_differsFromTheDefaultsByItsPort() throws IOException {
        assertThat(ClusterSection.load(CONF.resolve("node-full.yaml")).settingsOnAnyPort())
                .isEqualTo(ClusterSettings.loopback("latchkey", 5702, 5701));
    }
}
