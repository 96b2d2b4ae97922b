// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.hazelcast.config.JoinConfig;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a node finds its cluster is one setting; what does not fit it is refused by name, with the fix. */
class DiscoveryTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static ClusterSettings settings(String json) {
        return ClusterSettings.fromJson(new JsonObject(json));
    }

    private static JoinConfig join(ClusterSettings settings) {
        return ClusterNode.hazelcast(settings).getNetworkConfig().getJoin();
    }

    @Test
    void discovery_notSet_asksTheListedMembers() {
        JoinConfig join = join(settings("{}"));
        assertThat(join.getTcpIpConfig().isEnabled()).isTrue();
        assertThat(join.getTcpIpConfig().getMembers()).containsExactly("127.0.0.1:5701");
        assertThat(join.getKubernetesConfig().isEnabled()).isFalse();
    }

    @Test
    void kubernetesDns_asksNobodyElse() {
        JoinConfig join = join(settings("""
                {"discovery": "kubernetes-dns", "serviceDns": "latchkey.shop.svc.cluster.local", "port": 5711}"""));
        assertThat(join.getTcpIpConfig().isEnabled()).isFalse();
        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
        assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
        assertThat(join.getKubernetesConfig().isEnabled()).isTrue();
        assertThat(join.getKubernetesConfig().getProperties())
                .containsEntry("service-dns", "latchkey.shop.svc.cluster.local")
                .containsEntry("service-port", "5711")
                .doesNotContainKeys("namespace", "service-name");
    }

    @Test
    void kubernetesApi_hasWhatItWasGiven() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "secret\n");
        Path authority = Files.writeString(folder.resolve("ca.crt"), "certificate\n");
        JoinConfig join = join(settings(new JsonObject()
                .put("discovery", "kubernetes-api")
                .put("namespace", "shop")
                .put("serviceLabel", "app=latchkey")
                .put("apiTokenFile", token.toString())
                .put("caCertificateFile", authority.toString())
                .encode()));
        assertThat(join.getKubernetesConfig().getProperties())
                .containsEntry("namespace", "shop")
                .containsEntry("service-label-name", "app")
                .containsEntry("service-label-value", "latchkey")
                .containsEntry("api-token", "secret")
                .containsEntry("ca-certificate", "certificate")
                .containsEntry("resolve-not-ready-addresses", "true")
                .doesNotContainKey("service-dns");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{discovery: dns} | cluster.discovery: 'dns' is unknown; give loopback, hosts, kubernetes-dns, kubernetes-api",
                "{discovery: kubernetes-dns} | cluster.serviceDns: is missing",
                "{discovery: kubernetes-dns, serviceDns: 'no name'} | cluster.serviceDns: 'no name' is no DNS name; give",
                "{discovery: kubernetes-dns, serviceDns: a.b, namespace: shop} | cluster.namespace: does not go with discovery kubernetes-dns",
                "{discovery: kubernetes-dns, serviceDns: a.b, members: ['10.0.0.1:5701']} | cluster.members: do not go with discovery kubernetes-dns; remove",
                "{discovery: kubernetes-dns, serviceDns: a.b, serviceDnsTimeout: 0} | cluster.serviceDnsTimeout: '0' is no time; give whole seconds",
                "{discovery: kubernetes-api} | cluster.serviceName: discovery kubernetes-api needs one of",
                "{discovery: kubernetes-api, serviceName: a, podLabel: b=c} | has several; keep one",
                "{discovery: kubernetes-api, serviceName: Not_OK} | cluster.serviceName: 'Not_OK' is no name of Kubernetes; give",
                "{discovery: kubernetes-api, serviceLabel: app} | cluster.serviceLabel: 'app' is no label; give name=value",
                "{discovery: kubernetes-api, serviceName: a, apiServer: api} | cluster.apiServer: 'api' is no URL; give",
                "{serviceDns: a.b} | cluster.serviceDns: does not go with discovery hosts; remove it",
                "{discovery: loopback, host: 10.0.0.1} | cluster.host: 10.0.0.1 is no loopback address; give 127.0.0.1",
                "{discovery: loopback, members: ['10.0.0.1:5701']} | cluster.members: 10.0.0.1 is no loopback address",
                "{host: 'env:NO_SUCH_VARIABLE_HERE'} | cluster.host: env:NO_SUCH_VARIABLE_HERE: that environment variable is not set",
                "{discover: hosts} | cluster: unknown setting 'discover'"
            })
    void settings_wrong_nameTheSettingAndTheFix(String yaml, String problem) {
        JsonObject json = new JsonObject(new org.yaml.snakeyaml.Yaml().<java.util.Map<String, Object>>load(yaml));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterSettings.fromJson(json))
                .withMessageContaining(problem);
    }

    @Test
    void kubernetesApi_withoutAToken_stopsTheStart() {
        ClusterSettings settings = settings("{\"discovery\": \"kubernetes-api\", \"serviceName\": \"latchkey\"}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClusterNode.hazelcast(settings))
                .withMessageContaining("cluster.apiTokenFile: ")
                .withMessageContaining("automountServiceAccountToken: true");
        assertThat(ClusterNode.start(settings).cause()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void host_ofTheEnvironment_isThat() {
        assertThat(ClusterSettings.host("env:POD_IP", name -> name.equals("POD_IP") ? "10.1.2.3" : null))
                .isEqualTo("10.1.2.3");
        assertThat(ClusterSettings.host("10.0.0.1", name -> "other")).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"discovery\":\"kubernetes-dns\",\"serviceDns\":\"a.b.svc\",\"port\":5702}",
                "{\"discovery\":\"loopback\"}",
                "{}"
            })
    void settings_writtenAndRead_areTheSame(String json) {
        ClusterSettings settings = settings(json);
        assertThat(ClusterSettings.fromJson(settings.toJson())).isEqualTo(settings);
        assertThat(settings.withQuorum(3).discovery()).isEqualTo(settings.discovery());
    }
}
