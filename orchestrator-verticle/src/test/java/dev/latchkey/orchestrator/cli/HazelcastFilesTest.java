// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;
import com.hazelcast.config.XmlConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Hazelcast files in {@code conf} are valid, and keep to themselves. */
final class HazelcastFilesTest {
    private static Config load(String name) throws IOException {
        return new XmlConfigBuilder(Path.of("..", "conf", name).toString()).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hazelcast-loopback.xml", "hazelcast-hosts.xml"})
    void load_shipped_looksForNobodyAndCallsNobody(String name) throws IOException {
        Config config = load(name);
        JoinConfig join = config.getNetworkConfig().getJoin();
        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
        assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
        assertThat(join.getTcpIpConfig().isEnabled()).isTrue();
        assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
        assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
        assertThat(config.getNetworkConfig().getInterfaces().isEnabled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hazelcast-loopback.xml", "hazelcast-hosts.xml"})
    void load_shipped_hasWhatVertxNeeds(String name) throws IOException {
        Config config = load(name);
        assertThat(config.getClusterName()).isEqualTo("latchkey");
        assertThat(config.getMultiMapConfig("__vertx.subs").getValueCollectionType())
                .isEqualTo(ValueCollectionType.SET);
        assertThat(config.getMapConfigs()).containsKeys("__vertx.haInfo", "__vertx.nodeInfo", "latchkey.*");
        assertThat(config.getJetConfig().isEnabled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hazelcast-kubernetes-dns.xml", "hazelcast-kubernetes-api.xml"})
    void load_kubernetes_asksKubernetesAndNobodyElse(String name) throws IOException {
        Config config = load(name);
        JoinConfig join = config.getNetworkConfig().getJoin();
        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
        assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
        assertThat(join.getTcpIpConfig().isEnabled()).isFalse();
        assertThat(join.getKubernetesConfig().isEnabled()).isTrue();
        assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
        assertThat(config.getMapConfigs()).containsKeys("__vertx.haInfo", "__vertx.nodeInfo", "latchkey.*");
        assertThat(join.getKubernetesConfig().getProperties())
                .containsKey(name.contains("dns") ? "service-dns" : "service-name");
    }

    @Test
    void load_loopback_staysThere() throws IOException {
        Config config = load("hazelcast-loopback.xml");
        assertThat(config.getNetworkConfig().getInterfaces().getInterfaces()).containsExactly("127.0.0.1");
        assertThat(config.getNetworkConfig().getJoin().getTcpIpConfig().getMembers())
                .allMatch(member -> member.startsWith("127.0.0.1:"));
    }

    @Test
    void load_hosts_listsThem() throws IOException {
        Config config = load("hazelcast-hosts.xml");
        assertThat(config.getNetworkConfig().getJoin().getTcpIpConfig().getMembers())
                .hasSize(3);
        assertThat(config.getNetworkConfig().isPortAutoIncrement()).isFalse();
    }
}
