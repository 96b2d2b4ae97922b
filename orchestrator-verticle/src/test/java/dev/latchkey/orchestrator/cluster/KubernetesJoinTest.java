// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.orchestrator.keys.TlsIdentity;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes that find each other through Hazelcast's Kubernetes plug-in: by the resolver of this machine, and by a server that answers as the
 * Kubernetes API does (its paths and forms, not its access control).
 */
class KubernetesJoinTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Vertx api = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Vertx> nodes = new ArrayList<>();
    private final String name = "test-" + UUID.randomUUID();

    @AfterEach
    void stop() throws Exception {
        for (Vertx node : nodes) {
            node.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        api.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private int start(Map<String, Object> discovery) throws Exception {
        int port = FreePort.on("127.0.0.1");
        JsonObject json = new JsonObject(new HashMap<>(discovery))
                .put("clusterName", name)
                .put("port", port);
        nodes.add(ClusterNode.start(ClusterSettings.fromJson(json))
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS));
        return port;
    }

    private static int size(Vertx node) {
        return ((VertxInternal) node).clusterManager().getNodes().size();
    }

    @Test
    void nodes_byTheDnsNameOfTheService_areOneCluster() throws Exception {
        int first = start(Map.of("discovery", "kubernetes-dns", "serviceDns", "localhost"));
        start(Map.of("discovery", "kubernetes-dns", "serviceDns", "localhost", "servicePort", first));
        await().untilAsserted(() -> assertThat(nodes).allMatch(node -> size(node) == 2));
    }

    @Test
    void nodes_byTheApi_areOneCluster() throws Exception {
        List<Integer> ports = new CopyOnWriteArrayList<>();
        HttpServer server = api.createHttpServer()
                .requestHandler(request -> {
                    asked.add(request.path() + " " + request.getHeader("Authorization"));
                    request.response()
                            .setStatusCode(isSlices(request.path()) ? 200 : 404)
                            .end(isSlices(request.path()) ? slices(ports).encode() : "{}");
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        Map<String, Object> discovery = Map.of(
                "discovery",
                "kubernetes-api",
                "namespace",
                "shop",
                "serviceName",
                "latchkey",
                "apiServer",
                "http://127.0.0.1:" + server.actualPort(),
                "apiTokenFile",
                Files.writeString(folder.resolve("token"), "token-of-a-pod").toString(),
                "caCertificateFile",
                authority().toString());
        ports.add(start(discovery));
        // In Kubernetes all nodes have one port; here two share an address.
        Map<String, Object> second = new HashMap<>(discovery);
        second.put("servicePort", ports.get(0));
        start(second);
        await().untilAsserted(() -> assertThat(nodes).allMatch(node -> size(node) == 2));
        assertThat(asked)
                .anyMatch(request -> request.startsWith("/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices"))
                .allMatch(request -> request.endsWith(" Bearer token-of-a-pod"));
    }

    private Path authority() throws Exception {
        Path file = folder.resolve("ca.crt");
        return Files.write(file, TlsIdentity.create("kubernetes").certificate().getBytes());
    }

    private static boolean isSlices(String path) {
        return path.startsWith("/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices");
    }

    /** As EndpointSlices of discovery.k8s.io/v1 are written. */
    private static JsonObject slices(List<Integer> ports) {
        JsonArray items = new JsonArray();
        ports.forEach(port -> items.add(new JsonObject()
                .put("addressType", "IPv4")
                .put(
                        "endpoints",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("addresses", new JsonArray().add("127.0.0.1"))
                                        .put("conditions", new JsonObject().put("ready", true))))
                .put(
                        "ports",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("name", "hazelcast")
                                        .put("port", port)
                                        .put("protocol", "TCP")))));
        return new JsonObject()
                .put("kind", "EndpointSliceList")
                .put("apiVersion", "discovery.k8s.io/v1")
                .put("items", items);
    }
}
