// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting that the annotated files of {@code conf} show is read, and none is taken that is misspelt. */
final class SettingsTest {
    /** Another value for each setting, by its general name. One that is missing here is a setting that nobody tests. */
    private static final Map<String, Object> OTHERS = Map.ofEntries(
            Map.entry("version", "2"),
            Map.entry("audit.folder", "records"),
            Map.entry("audit.fileSize", "1MiB"),
            Map.entry("audit.keep", 3),
            Map.entry("audit.checkpointEvery", "11s"),
            Map.entry("audit.onFailure", "continue"),
            Map.entry("bootstrap.host", "127.0.0.2"),
            Map.entry("bootstrap.port", 8444),
            Map.entry("metrics.host", "127.0.0.2"),
            Map.entry("metrics.port", 9406),
            Map.entry("cluster.discovery", "loopback"),
            Map.entry("trustDomain", "other.latchkey"),
            Map.entry("defaults.tokenLifetime", "7m"),
            Map.entry("defaults.rotationInterval", "2h"),
            Map.entry("defaults.leaseDuration", "7m"),
            Map.entry("defaults.outageGrace", "7m"),
            Map.entry("defaults.mode", "permissive"),
            Map.entry("defaults.replay", "cluster"),
            Map.entry("defaults.unlisted", "observe"),
            Map.entry("breach.count", 11),
            Map.entry("breach.window", "11m"),
            Map.entry("breach.reporters", 3),
            Map.entry("breach.action", "quarantine"),
            Map.entry("breach.quarantineFor", "3h"),
            Map.entry("operations.NAME.addresses", new JsonArray().add("image.other")),
            Map.entry("operations.NAME.tokenLifetime", "7m"),
            Map.entry("operations.NAME.rotationInterval", "2h"),
            Map.entry("operations.NAME.outageGrace", "7m"),
            Map.entry("operations.NAME.failover", new JsonArray().add("image.other")),
            Map.entry("operations.NAME.idempotent", false),
            Map.entry("operations.NAME.replay", "cluster"),
            Map.entry("operations.NAME.mode", "permissive"),
            Map.entry("operations.NAME.modes.NAME", "permissive"),
            Map.entry("services.NAME.invokes", new JsonArray().add("no_such_operation")),
            Map.entry("services.NAME.provides", new JsonArray().add("no_such_operation")),
            Map.entry("keystore", "no-such.p12"),
            Map.entry("keystorePasswordFile", "no-such.password"),
            Map.entry("policy", "no-such.yaml"),
            Map.entry("deployers", "no-such.json"),
            Map.entry("observations", "other.json"),
            Map.entry("kubernetes.issuer", "https://other.example"),
            Map.entry("kubernetes.audience", "other"),
            Map.entry("kubernetes.services.NAME", "visitor"),
            Map.entry("kubernetes.jwks", "https://other.example/jwks"),
            Map.entry("kubernetes.cacheFor", "7m"),
            Map.entry("kubernetes.outage", "7h"),
            Map.entry("questionsPerSecond", 7),
            Map.entry("registrationsPerSecondOfService", 7),
            Map.entry("admin.host", "127.0.0.7"),
            Map.entry("admin.port", 7777),
            Map.entry("admin.rolesClaim", "other"),
            Map.entry("admin.requestsPerSecond", 7),
            Map.entry("cluster.clusterName", "other"),
            Map.entry("cluster.host", "127.0.0.7"),
            Map.entry("cluster.port", 5777),
            Map.entry("cluster.members", new JsonArray().add("127.0.0.7:5701")),
            Map.entry("cluster.eventBusPort", 15777),
            Map.entry("cluster.eventBusPublicPort", 15777),
            Map.entry("cluster.quorum", 7),
            Map.entry("latchkey.service", "other"),
            Map.entry("latchkey.trustBundle", "no-such.json"),
            Map.entry("latchkey.credential", "other.jwt"),
            Map.entry("latchkey.provides", new JsonArray().add("other")),
            Map.entry("latchkey.invokes", new JsonArray().add("other")),
            Map.entry("latchkey.joinTimeout", 7777),
            Map.entry("latchkey.maxFrameSize", 77777),
            Map.entry("latchkey.coalesceWrites", false));

    @TempDir
    private static @Nullable Path home;

    @BeforeAll
    static void init() {
        assertThat(new Console().run("init", "--dir", folder())).isZero();
    }

    private static Path folder() {
        return Objects.requireNonNull(home).resolve("home");
    }

    private static JsonObject tree(SettingsFile file) throws IOException {
        JsonObject tree = YamlSettings.load(file.path(), "");
        if (file == SettingsFile.VERTICLE) {
            // The product loads it when it is set.
            tree.getJsonObject("latchkey")
                    .put("trustBundle", new Home(folder()).trust().toString());
        }
        if (file == SettingsFile.POLICY) {
            // YAML's own reading of the word 'off'; the policy's reader takes it as it is written.
            tree.getJsonObject("defaults").put("unlisted", "off");
        }
        return tree;
    }

    static Stream<Arguments> settings() throws IOException {
        List<Arguments> all = new ArrayList<>();
        for (SettingsFile file : SettingsFile.values()) {
            collect(file, YamlSettings.load(file.path(), ""), List.of(), all);
        }
        return all.stream();
    }

    private static void collect(SettingsFile file, JsonObject section, List<String> path, List<Arguments> all) {
        section.forEach(entry -> {
            List<String> here =
                    Stream.concat(path.stream(), Stream.of(entry.getKey())).toList();
            all.add(Arguments.of(file, here));
            if (entry.getValue() instanceof JsonObject inner) {
                collect(file, inner, here, all);
            }
        });
    }

    private static JsonObject parent(JsonObject tree, List<String> path) {
        JsonObject section = tree;
        for (String key : path.subList(0, path.size() - 1)) {
            section = section.getJsonObject(key);
        }
        return section;
    }

    private static String last(List<String> path) {
        return path.get(path.size() - 1);
    }

    /** JSON is YAML. */
    private static String read(SettingsFile file, JsonObject tree) throws IOException {
        return file.read(Files.writeString(folder().resolve("settings.yaml"), tree.encodePrettily()));
    }

    private static String readOrRefusal(SettingsFile file, JsonObject tree) throws IOException {
        String[] read = new String[1];
        Throwable refusal = catchThrowable(() -> read[0] = read(file, tree));
        return refusal == null ? read[0] : String.valueOf(refusal.getMessage());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void setting_misspelt_isRefusedWithTheNearestName(SettingsFile file, List<String> path) throws IOException {
        if (file.isNamed(file.general(path.subList(0, path.size() - 1)))) {
            return;
        }
        JsonObject tree = tree(file);
        JsonObject section = parent(tree, path);
        String key = last(path);
        String misspelt = key.charAt(0) + key;
        section.put(misspelt, section.remove(key));
        String refusal = readOrRefusal(file, tree);
        if (!(file == SettingsFile.VERTICLE && path.size() == 1)) {
            assertThat(refusal).contains(misspelt).contains("did you mean '" + key + "'?");
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void setting_other_isReadOrRefusedByItsValue(SettingsFile file, List<String> path) throws IOException {
        JsonObject tree = tree(file);
        Object value = parent(tree, path).getValue(last(path));
        if (value instanceof JsonObject) {
            return;
        }
        String general = file.general(path);
        Object other = OTHERS.get(general);
        assertThat(other)
                .as("another value for %s, to be listed in this test", general)
                .isNotNull();
        assertThat(other).as("another value for %s than the file has", general).isNotEqualTo(value);
        String before = read(file, tree);
        parent(tree, path).put(last(path), other);
        assertThat(readOrRefusal(file, tree)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void setting_ofAnotherType_isRefusedByName(SettingsFile file, List<String> path) throws IOException {
        JsonObject tree = tree(file);
        Object value = parent(tree, path).getValue(last(path));
        Object wrong = value instanceof JsonObject ? "a text" : new JsonObject().put("x", 1);
        parent(tree, path).put(last(path), wrong);
        Throwable refusal = catchThrowable(() -> read(file, tree));
        assertThat(refusal).as("%s as %s", path, wrong).isNotNull();
        if (!(file == SettingsFile.VERTICLE && path.size() == 1)) {
            assertThat(refusal).hasMessageContaining(last(path));
        }
    }
}
