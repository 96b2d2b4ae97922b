// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionOn;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/** Starts clustered nodes. */
public final class ClusterNode {
    private static final String STATE_MAPS = "latchkey.*";
    private static final String QUORUM = "latchkey-quorum";

    private ClusterNode() {}

    /** A clustered Vertx; fails when a port is in use. */
    public static Future<Vertx> start(ClusterSettings settings) {
        return start(settings, Vertx.builder());
    }

    /**
     * A clustered Vertx that also has what a builder brings, such as metrics or a tracer; fails when a port is in use.
     *
     * @param builder its options and its cluster manager are replaced by what the settings say
     */
    public static Future<Vertx> start(ClusterSettings settings, VertxBuilder builder) {
        return start(settings, builder, new EventBusOptions());
    }

    /**
     * A clustered Vertx whose event bus also has other options, such as TLS; fails when a port is in use.
     *
     * @param builder its options and its cluster manager are replaced by what the settings say
     * @param bus its host and ports are replaced by what the settings say
     */
    public static Future<Vertx> start(ClusterSettings settings, VertxBuilder builder, EventBusOptions bus) {
        Config hazelcast;
        try {
            hazelcast = hazelcast(settings);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(e);
        }
        return builder.with(new VertxOptions().setEventBusOptions(eventBus(settings, bus)))
                .withClusterManager(new HazelcastClusterManager(hazelcast))
                .buildClustered()
                .recover(failure -> Future.failedFuture(ClusterStartException.explain(settings, failure)));
    }

    private static EventBusOptions eventBus(ClusterSettings settings, EventBusOptions bus) {
        EventBusOptions options =
                new EventBusOptions(bus).setHost(settings.host()).setPort(settings.eventBusPort());
        if (settings.eventBusPublicPort() > 0) {
            options.setClusterPublicHost(settings.host()).setClusterPublicPort(settings.eventBusPublicPort());
        }
        return options;
    }

    /** Hazelcast's configuration: one address, listed members, and nothing that looks for others or calls home. */
    static Config hazelcast(ClusterSettings settings) {
        Config config = new Config();
        config.setClusterName(settings.clusterName());
        config.getJetConfig().setEnabled(false);
        config.getMetricsConfig().setEnabled(false);
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        // Vert.x has to leave the cluster first; a hook of Hazelcast's own would not wait for it.
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        // Where nodes are listed, there is no stampede of unknown joiners to wait for.
        config.setProperty(
                "hazelcast.wait.seconds.before.join", settings.discovery().isKubernetes() ? "2" : "0");
        network(config.getNetworkConfig(), settings);
        config.addMultiMapConfig(new MultiMapConfig("__vertx.subs")
                .setBackupCount(1)
                .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
        state(config, settings.quorum());
        return config;
    }

    /**
     * The orchestrators' maps. When two parts of a cluster have found each other again, records of the smaller one are dropped: it had
     * no right to write, and merging keys or leases would leave two histories of them.
     */
    private static void state(Config config, int quorum) {
        // Three copies beside the first: orchestrators that end at one moment must not take the keys of living tokens
        // with them.
        MapConfig maps = new MapConfig(STATE_MAPS).setBackupCount(2).setAsyncBackupCount(1);
        maps.getMergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName());
        if (quorum > 0) {
            config.addSplitBrainProtectionConfig(new SplitBrainProtectionConfig(QUORUM, true, quorum)
                    .setProtectOn(SplitBrainProtectionOn.READ_WRITE));
            maps.setSplitBrainProtectionName(QUORUM);
        }
        config.addMapConfig(maps);
    }

    private static void network(NetworkConfig network, ClusterSettings settings) {
        network.setPort(settings.port()).setPortAutoIncrement(false).setPublicAddress(settings.host());
        network.getInterfaces().setEnabled(true).addInterface(settings.host());
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        if (settings.discovery().isKubernetes()) {
            KubernetesJoin.enter(settings.discovery(), settings.port(), join.getKubernetesConfig());
        } else {
            join.getTcpIpConfig().setEnabled(true);
            settings.members().forEach(join.getTcpIpConfig()::addMember);
        }
    }
}
