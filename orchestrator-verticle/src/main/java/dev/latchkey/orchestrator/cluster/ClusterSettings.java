// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cluster;

import dev.latchkey.eventbus.policy.Nearest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a node listens and whom it joins. Immutable.
 *
 * <p>As JSON: {@code clusterName}, {@code host}, {@code port} (Hazelcast), {@code members} (an array of host:port, the first
 * node alone is enough), {@code eventBusPort} and {@code eventBusPublicPort} (0: any free one, and the same), {@code quorum}, {@code
 * discovery} and what it needs ({@link Discovery}). A {@code host} such as {@code env:POD_IP} is that environment variable's.
 *
 * @param clusterName Hazelcast's; nodes of another name do not join
 * @param host the address to bind and to be dialled at
 * @param port Hazelcast's port
 * @param members nodes to ask for the cluster; none when Kubernetes tells who they are
 * @param eventBusPort the event bus's port, 0 for any
 * @param eventBusPublicPort the port that other nodes dial, 0 for the one that is bound
 * @param quorum how many nodes must see each other for the orchestrators' state to be read and written; 0 for any number
 * @param discovery how the other nodes are found
 */
public record ClusterSettings(
        String clusterName,
        String host,
        int port,
        List<String> members,
        int eventBusPort,
        int eventBusPublicPort,
        int quorum,
        Discovery discovery) {
    private static final List<String> KEYS = keys();
    private static final String VARIABLE = "env:";
    private static final int DEFAULT_PORT = 5701;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_QUORUM = 10_000;

    /** Checks the ports and copies the list; an empty list stands for this host's default port. */
    public ClusterSettings {
        requirePort("port", port, 1);
        requirePort("eventBusPort", eventBusPort, 0);
        requirePort("eventBusPublicPort", eventBusPublicPort, 0);
        if (quorum < 0 || quorum > MAX_QUORUM) {
            throw new IllegalArgumentException("cluster.quorum: " + quorum
                    + " is no number of nodes; give more than half of the cluster's nodes, or 0 for none");
        }
        members = members.isEmpty() && !discovery.isKubernetes()
                ? List.of(host + ":" + DEFAULT_PORT)
                : List.copyOf(members);
        if (discovery.isKubernetes() && !members.isEmpty()) {
            throw new IllegalArgumentException(
                    "cluster.members: do not go with discovery " + discovery.kind() + "; remove them");
        }
        if (discovery.kind() == Discovery.Kind.LOOPBACK) {
            requireLoopback("host", host);
            members.forEach(member -> requireLoopback("members", member.replaceFirst(":[0-9]*$", "")));
        }
    }

    /** A node whose cluster's members are listed. */
    public ClusterSettings(
            String clusterName,
            String host,
            int port,
            List<String> members,
            int eventBusPort,
            int eventBusPublicPort,
            int quorum) {
        this(clusterName, host, port, members, eventBusPort, eventBusPublicPort, quorum, Discovery.hosts());
    }

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(
                List.of("clusterName", "host", "port", "members", "eventBusPort", "eventBusPublicPort", "quorum"));
        keys.addAll(Discovery.names());
        return keys;
    }

    private static void requireLoopback(String name, String host) {
        if (!host.equals("localhost") && !host.startsWith("127.") && !host.equals("[::1]")) {
            throw new IllegalArgumentException("cluster." + name + ": " + host
                    + " is no loopback address; give 127.0.0.1, or choose discovery: hosts");
        }
    }

    /** A node on loopback at this Hazelcast port, joining through the node at the first port. */
    public static ClusterSettings loopback(String clusterName, int port, int firstPort) {
        return new ClusterSettings(clusterName, "127.0.0.1", port, List.of("127.0.0.1:" + firstPort), 0, 0, 0);
    }

    /**
     * Reads the JSON form; what is absent has its default.
     *
     * @throws IllegalArgumentException naming the member that is unknown or wrong
     */
    public static ClusterSettings fromJson(JsonObject json) {
        json.fieldNames().forEach(ClusterSettings::requireKnown);
        return new ClusterSettings(
                text(json, "clusterName", "latchkey"),
                host(text(json, "host", "127.0.0.1"), System::getenv),
                number(json, "port", DEFAULT_PORT),
                texts(json),
                number(json, "eventBusPort", 0),
                number(json, "eventBusPublicPort", 0),
                number(json, "quorum", 0),
                Discovery.fromJson(json));
    }

    private static String text(JsonObject json, String key, String otherwise) {
        return json.getValue(key, otherwise) instanceof String text ? text : wrongType(key, "a text");
    }

    private static int number(JsonObject json, String key, int otherwise) {
        return json.getValue(key, otherwise) instanceof Integer number ? number : wrongType(key, "a whole number");
    }

    private static List<String> texts(JsonObject json) {
        return json.getValue("members", new JsonArray()) instanceof JsonArray array
                        && array.stream().allMatch(String.class::isInstance)
                ? array.stream().map(String.class::cast).toList()
                : wrongType("members", "a list such as [\"127.0.0.1:5701\"]");
    }

    private static <T> T wrongType(String key, String right) {
        throw new IllegalArgumentException("cluster." + key + ": the value has the wrong type; write " + right);
    }

    /**
     * What another node needs to know to join: the cluster's name, where its nodes are, and its quorum. It says nothing of this node's own
     * files.
     */
    public JsonObject forJoiners() {
        JsonObject json = discovery.forJoiners().put("clusterName", clusterName).put("quorum", quorum);
        Set<String> known = new LinkedHashSet<>(Set.of(host + ":" + port));
        known.addAll(members);
        return discovery.isKubernetes() ? json : json.put("members", new JsonArray(List.copyOf(known)));
    }

    /** A container learns its address from its environment only. */
    static String host(String text, UnaryOperator<@Nullable String> environment) {
        if (!text.startsWith(VARIABLE)) {
            return text;
        }
        String value = environment.apply(text.substring(VARIABLE.length()));
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("cluster.host: " + text
                    + ": that environment variable is not set; set it to the address of this machine or pod");
        }
        return value;
    }

    /** The JSON form. */
    public JsonObject toJson() {
        return discovery
                .toJson()
                .put("clusterName", clusterName)
                .put("host", host)
                .put("port", port)
                .put("members", new JsonArray(members))
                .put("eventBusPort", eventBusPort)
                .put("eventBusPublicPort", eventBusPublicPort)
                .put("quorum", quorum);
    }

    private static void requireKnown(String key) {
        if (!KEYS.contains(key)) {
            throw new IllegalArgumentException("cluster: unknown setting '" + key + "'; "
                    + Nearest.to(key, KEYS).orElse("known are " + KEYS));
        }
    }

    private static void requirePort(String name, int port, int lowest) {
        if (port < lowest || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "cluster." + name + ": " + port + " is no port; give one from " + lowest + " to " + MAX_PORT);
        }
    }

    /** The same node, dialled by others at another port, such as a proxy's. */
    public ClusterSettings withEventBusPorts(int bound, int dialled) {
        return new ClusterSettings(clusterName, host, port, members, bound, dialled, quorum, discovery);
    }

    /** The same node in a cluster whose minority neither reads nor writes the orchestrators' state. */
    public ClusterSettings withQuorum(int nodes) {
        return new ClusterSettings(
                clusterName, host, port, members, eventBusPort, eventBusPublicPort, nodes, discovery);
    }
}
