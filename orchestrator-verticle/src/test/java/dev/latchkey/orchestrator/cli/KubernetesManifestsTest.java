// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.eventbus.BootstrapOptions;
import dev.latchkey.orchestrator.bootstrap.BootstrapSettings;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import dev.latchkey.orchestrator.policy.PolicyFile;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * The manifests in {@code conf/kubernetes} fit the Kubernetes API, as far as types that are generated of its OpenAPI schemas tell (every field
 * known, every value of its type), and the settings in them fit the product. No cluster has run them here.
 */
final class KubernetesManifestsTest {
    private static final Path CONF = Path.of("..", "conf", "kubernetes");
    private static final String API = "io.fabric8.kubernetes.api.model.";
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "v1/ServiceAccount", ServiceAccount.class,
            "v1/Service", Service.class,
            "v1/ConfigMap", ConfigMap.class,
            "apps/v1/StatefulSet", StatefulSet.class,
            "apps/v1/Deployment", Deployment.class,
            "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
            "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
            "rbac.authorization.k8s.io/v1/Role", Role.class,
            "rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class,
            "rbac.authorization.k8s.io/v1/ClusterRoleBinding", ClusterRoleBinding.class);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static List<HasMetadata> all() throws IOException {
        List<HasMetadata> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(CONF)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                new Yaml().loadAll(Files.readString(file)).forEach(document -> all.add(typed((Map<?, ?>) document)));
            }
        }
        return all;
    }

    private static HasMetadata typed(Map<?, ?> document) {
        Class<? extends HasMetadata> type = KINDS.get(document.get("apiVersion") + "/" + document.get("kind"));
        assertThat(type)
                .as(document.get("kind") + " of " + document.get("apiVersion"))
                .isNotNull();
        HasMetadata typed = new ObjectMapper().convertValue(document, type);
        requireKnown(typed, String.valueOf(document.get("kind")));
        return typed;
    }

    /** The types keep fields that they do not know apart. */
    private static void requireKnown(@Nullable Object value, String where) {
        if (value instanceof Collection<?> values) {
            values.forEach(element -> requireKnown(element, where));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> requireKnown(element, where + "." + key));
        } else if (value != null
                && value.getClass().getName().startsWith(API)
                && !value.getClass().isEnum()) {
            for (Method method : value.getClass().getMethods()) {
                if (method.getName().startsWith("get") && method.getParameterCount() == 0) {
                    requireKnownMember(value, method, where);
                }
            }
        }
    }

    private static void requireKnownMember(Object value, Method getter, String where) {
        try {
            Object member = getter.invoke(value);
            if (getter.getName().equals("getAdditionalProperties")) {
                assertThat((Map<?, ?>) member).as(where).isEmpty();
            } else {
                requireKnown(member, where + "." + getter.getName().substring(3));
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(where + "." + getter.getName(), e);
        }
    }

    private static <T extends HasMetadata> T one(Class<T> type, String name) throws IOException {
        return all().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(found -> found.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
    }

    private static List<PodSpec> pods() throws IOException {
        return List.of(
                one(StatefulSet.class, "latchkey").getSpec().getTemplate().getSpec(),
                one(Deployment.class, "greeter").getSpec().getTemplate().getSpec());
    }

    @Test
    void manifests_fitTheSchemas() throws IOException {
        assertThat(all()).hasSizeGreaterThan(10).allSatisfy(manifest -> assertThat(
                        manifest.getMetadata().getName())
                .isNotBlank());
    }

    /** The check itself can fail: a field that is misspelt, and a value of another type. */
    @Test
    void manifests_withAMistake_doNot() {
        String manifest = "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {%s}}";
        assertThatCode(() -> typed(new Yaml().load(manifest.formatted("clusterIP: None"))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> typed(new Yaml().load(manifest.formatted("clusterIp: None"))))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> typed(new Yaml().load(manifest.formatted("ports: 5701"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void containers_haveNoRightsThatTheyDoNotNeed() throws IOException {
        for (PodSpec pod : pods()) {
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getHostNetwork()).isNull();
            for (Container container : pod.getContainers()) {
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getPrivileged()).isFalse();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
                assertThat(container.getSecurityContext().getCapabilities().getAdd())
                        .isEmpty();
                assertThat(container.getResources().getLimits()).containsKey("memory");
                assertThat(container.getLivenessProbe()).isNotNull();
                assertThat(container.getReadinessProbe()).isNotNull();
                assertThat(container.getStartupProbe()).isNotNull();
            }
        }
    }

    @Test
    void mounts_areReadOnly_andHaveTheirVolumes() throws IOException {
        for (PodSpec pod : pods()) {
            List<String> volumes =
                    pod.getVolumes().stream().map(volume -> volume.getName()).toList();
            pod.getContainers().forEach(container -> container.getVolumeMounts().forEach(mount -> {
                assertThat(volumes).contains(mount.getName());
                assertThat(mount.getName().equals("tmp") || Boolean.TRUE.equals(mount.getReadOnly()))
                        .isTrue();
            }));
        }
    }

    @Test
    void headlessService_hasThePortsOfThePods_andTheNameOfTheSrvRecords() throws IOException {
        Service service = one(Service.class, "latchkey");
        StatefulSet set = one(StatefulSet.class, "latchkey");
        assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
        assertThat(service.getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(set.getSpec().getServiceName()).isEqualTo("latchkey");
        assertThat(set.getSpec().getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(service.getSpec().getSelector())
                .containsAllEntriesOf(set.getSpec().getSelector().getMatchLabels());
        Map<String, Integer> ports = service.getSpec().getPorts().stream()
                .collect(Collectors.toMap(port -> port.getName(), port -> port.getPort()));
        Map<String, Integer> bound = set.getSpec().getTemplate().getSpec().getContainers().get(0).getPorts().stream()
                .collect(Collectors.toMap(port -> port.getName(), port -> port.getContainerPort()));
        assertThat(ports).isEqualTo(bound).containsKeys("latchkey", "hazelcast", "eventbus");
    }

    @Test
    void disruptionBudget_leavesWhatTheQuorumNeeds() throws IOException {
        PodDisruptionBudget budget = one(PodDisruptionBudget.class, "latchkey");
        assertThat(budget.getSpec().getMinAvailable().getIntVal())
                .isEqualTo(one(StatefulSet.class, "latchkey").getSpec().getReplicas() - 1);
    }

    @Test
    void projectedToken_isForTheAudienceThatOrchestratorsTake() throws IOException {
        String audience = one(Deployment.class, "greeter").getSpec().getTemplate().getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals("credential"))
                .map(volume -> volume.getProjected()
                        .getSources()
                        .get(0)
                        .getServiceAccountToken()
                        .getAudience())
                .findFirst()
                .orElseThrow();
        assertThat(audience)
                .isEqualTo(orchestratorSettings().getJsonObject("kubernetes").getString("audience"));
    }

    private String data(String map, String file) throws IOException {
        // The pod's address is the environment's to tell.
        return Objects.requireNonNull(one(ConfigMap.class, map).getData().get(file))
                .replace("env:POD_IP", "10.1.2.3");
    }

    private Path written(String map, String file) throws IOException {
        return Files.writeString(folder.resolve(file), data(map, file));
    }

    private JsonObject orchestratorSettings() throws IOException {
        return YamlSettings.load(written("latchkey-settings", "orchestrator.yaml"), "");
    }

    @Test
    void orchestratorsSettings_areWhatTheProductTakes() throws IOException {
        OrchestratorFile file = OrchestratorFile.load(written("latchkey-settings", "orchestrator.yaml"));
        ClusterSettings cluster = file.cluster();
        assertThat(cluster.forJoiners().getString("serviceDns")).isEqualTo("latchkey.shop.svc.cluster.local");
        assertThat(cluster.eventBusPort()).isEqualTo(5801);
        assertThat(file.bootstrap()).isEqualTo(new BootstrapSettings("0.0.0.0", 8443, null, null));
        PolicyFile.load(written("latchkey-settings", "policy.yaml"));
        assertThat(orchestratorSettings()
                        .getJsonObject("kubernetes")
                        .getJsonObject("services")
                        .fieldNames())
                .allMatch(account -> account.startsWith("shop/"));
    }

    @Test
    void nodesSettings_areWhatTheProductTakes() throws IOException {
        Path file = written("greeter-node", "node.yaml");
        JsonObject bootstrap = NodeFile.load(file).bootstrap();
        assertThat(bootstrap).isNotNull();
        assertThat(BootstrapOptions.fromJson(bootstrap).getName())
                .isEqualTo("_latchkey._tcp.latchkey.shop.svc.cluster.local");
        JsonObject told = OrchestratorFile.load(written("latchkey-settings", "orchestrator.yaml"))
                .cluster()
                .forJoiners();
        ClusterSettings joined = NodeFile.load(file).cluster().over(told).settings();
        assertThat(joined.members()).isEmpty();
        assertThat(joined.quorum()).isEqualTo(3);
        assertThat(joined.host()).isEqualTo("10.1.2.3");
    }

    @Test
    void image_namesNoRegistry() throws IOException {
        assertThat(Files.readString(CONF.resolve("Dockerfile"))).contains("FROM ${BASE}");
        pods().forEach(pod -> pod.getContainers()
                .forEach(container -> assertThat(container.getImage()).doesNotContain("/")));
    }
}
