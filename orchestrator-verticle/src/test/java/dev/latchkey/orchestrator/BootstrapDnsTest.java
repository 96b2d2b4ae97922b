// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.eventbus.Bootstrap;
import dev.latchkey.eventbus.BootstrapDocument;
import dev.latchkey.eventbus.BootstrapException;
import dev.latchkey.eventbus.BootstrapOptions;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.orchestrator.bootstrap.BootstrapSettings;
import dev.latchkey.orchestrator.bootstrap.BootstrapVerticle;
import dev.latchkey.orchestrator.bootstrap.DnsServer;
import dev.latchkey.orchestrator.cluster.ClusterNode;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node that knows a DNS name and a fingerprint joins a cluster through a real DNS server, with the records that Kubernetes has for a
 * headless service: SRV for a named port of each pod, A for each pod and for the service. It follows them, and does without them.
 */
class BootstrapDnsTest {
    private static final String SERVICE = "latchkey.shop.svc";
    private static final String SRV_NAME = "_latchkey._tcp." + SERVICE;
    private static final String FIRST = "latchkey-0." + SERVICE;
    private static final String SECOND = "latchkey-1." + SERVICE;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Realm realm = Realm.create();
    private final Realm impostors = Realm.create();
    private final String cluster = "test-" + UUID.randomUUID();
    private final int firstPort = Topology.freePort();
    private final ClusterSettings settings = ClusterSettings.loopback(cluster, firstPort, firstPort);
    private final List<Vertx> nodes = new ArrayList<>();
    private final Vertx outside = Vertx.vertx();
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void requireDnsmasq() {
        assumeTrue(DnsServer.isInstalled(), "dnsmasq is not installed (Debian: apt-get install dnsmasq-base)");
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        await(outside.close());
        for (Vertx node : nodes) {
            await(node.close());
        }
    }

    private Vertx orchestratorNode() {
        Vertx node = await(ClusterNode.start(settings));
        nodes.add(node);
        realm.deployOrchestrator(node);
        return node;
    }

    /** Serves the document of a realm's orchestrators, at any port. */
    private BootstrapVerticle serve(Vertx node, Realm whose) {
        BootstrapVerticle verticle = whose.bootstrap(new BootstrapSettings("127.0.0.1", 0, null, null), settings);
        await(node.deployVerticle(verticle));
        return verticle;
    }

    private DnsServer dns(String... records) throws IOException {
        DnsServer server = DnsServer.start(folder, records);
        open.add(server);
        return server;
    }

    private static String[] records(int port) {
        return new String[] {
            DnsServer.srv(SRV_NAME, FIRST, port, 0, 100),
            DnsServer.a(FIRST, "127.0.0.1"),
            DnsServer.a(SERVICE, "127.0.0.1")
        };
    }

    private BootstrapOptions options(DnsServer dns) {
        return new BootstrapOptions(SRV_NAME + "." + DnsServer.ZONE, List.of(pin(realm)))
                .setNameServer(dns.address())
                .setTimeout(Duration.ofSeconds(8));
    }

    private static String pin(Realm whose) {
        return BootstrapDocument.fingerprint(whose.trust().tokenKeys().get(0));
    }

    private Bootstrap find(DnsServer dns) {
        Bootstrap found = await(Bootstrap.find(outside, options(dns)));
        open.add(found);
        return found;
    }

    /** As 'latchkey run' does: what the orchestrator told, and a port of its own. */
    private Vertx join(Bootstrap found) {
        JsonObject told = found.document().cluster().put("port", Topology.freePort());
        Vertx node = await(ClusterNode.start(ClusterSettings.fromJson(told)));
        nodes.add(0, node);
        return node;
    }

    @Test
    void node_joinsThroughDns_followsItsRecords_andOutlivesItsServer() throws Exception {
        Vertx inside = orchestratorNode();
        BootstrapVerticle server = serve(inside, realm);
        DnsServer dns = dns(records(server.port()));
        Bootstrap found = find(dns);
        assertThat(found.place()).isEqualTo(FIRST + ".cluster.local:" + server.port() + " (127.0.0.1)");

        Vertx node = join(found);
        assertThat(((VertxInternal) node).clusterManager().getNodes()).hasSize(2);
        SecureEventBus greeter = realm.join(inside, "greeter");
        await(greeter.consumer("greeting.hello", message -> message.reply("hello " + message.body()))
                .completion());
        SecureEventBus caller = await(SecureEventBus.join(
                node, realm.options("caller").setTrustBundle(found.document().trustBundle())));
        assertThat(await(caller.request("greeting.hello", "one")).body()).isEqualTo("hello one");

        // The orchestrator moves to another port, and its records with it.
        await(inside.undeploy(server.deploymentID()));
        BootstrapVerticle moved = serve(inside, realm);
        dns.serve(records(moved.port()));
        await().until(() -> found.place().contains(":" + moved.port() + " "));
        assertThat(found.failure()).isNull();

        // The records name another pod at another address of the same host.
        dns.serve(DnsServer.srv(SRV_NAME, SECOND, moved.port(), 0, 100), DnsServer.a(SECOND, "127.0.0.1"));
        await().until(() -> found.place().startsWith(SECOND));

        dns.stop();
        await().until(() -> found.failure() != null);
        assertThat(found.failure()).hasMessageContaining("the name server did not answer");
        assertThat(found.document().trustBundle()).isEqualTo(realm.trust());
        assertThat(await(caller.request("greeting.hello", "two")).body()).isEqualTo("hello two");

        dns.serve(records(moved.port()));
        await().until(() -> found.failure() == null);
        await().until(() -> found.place().startsWith(FIRST));
    }

    @Test
    void poisonedRecord_isRefused_namingWhatWasPresentedAndWhatIsPinned() throws Exception {
        BootstrapVerticle impostor = serve(outside, impostors);
        DnsServer dns = dns(records(impostor.port()));
        Throwable refusal = failure(Bootstrap.find(outside, options(dns).setTimeout(Duration.ofSeconds(1))));
        assertThat(refusal)
                .hasMessageContaining(FIRST + ".cluster.local:" + impostor.port() + " (127.0.0.1) presented the key "
                        + pin(impostors) + ", pinned is " + pin(realm))
                .hasMessageContaining("the DNS answer is not to be trusted, or the pin is old");
    }

    @Test
    void poisonedRecord_besideATrueOne_isPassedOver() throws Exception {
        BootstrapVerticle impostor = serve(outside, impostors);
        BootstrapVerticle server = serve(outside, realm);
        DnsServer dns = dns(
                DnsServer.srv(SRV_NAME, FIRST, impostor.port(), 0, 0),
                DnsServer.srv(SRV_NAME, SECOND, server.port(), 10, 0),
                DnsServer.a(FIRST, "127.0.0.1"),
                DnsServer.a(SECOND, "127.0.0.1"));
        assertThat(find(dns).place()).startsWith(SECOND);
    }

    /** Whoever answers DNS may keep the searcher waiting behind the impostor until the time is up. */
    @Test
    void poisonedRecord_beforeOneThatSaysNothing_isTold() throws Exception {
        BootstrapVerticle impostor = serve(outside, impostors);
        ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        open.add(silent);
        DnsServer dns = dns(
                DnsServer.srv(SRV_NAME, FIRST, impostor.port(), 0, 0),
                DnsServer.srv(SRV_NAME, SECOND, silent.getLocalPort(), 10, 0),
                DnsServer.a(FIRST, "127.0.0.1"),
                DnsServer.a(SECOND, "127.0.0.1"));
        assertThat(failure(Bootstrap.find(outside, options(dns).setTimeout(Duration.ofSeconds(1)))))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("can be believed, and the time is up: " + FIRST)
                .hasMessageContaining("presented the key " + pin(impostors) + ", pinned is " + pin(realm));
    }

    @Test
    void poisonedRecord_whileFollowing_changesNothingThatIsKnown() throws Exception {
        BootstrapVerticle server = serve(outside, realm);
        BootstrapVerticle impostor = serve(outside, impostors);
        DnsServer dns = dns(records(server.port()));
        Bootstrap found = find(dns);
        dns.serve(records(impostor.port()));
        await().until(() -> found.failure() != null);
        assertThat(found.failure()).hasMessageContaining("presented the key " + pin(impostors));
        assertThat(found.place()).contains(":" + server.port() + " ");
        assertThat(found.document().trustBundle()).isEqualTo(realm.trust());
    }

    /** The first does not answer any more, as a pod that has just died: its record lives on for a while. */
    @Test
    void orchestrator_thatIsGone_isPassedOver() throws Exception {
        BootstrapVerticle server = serve(outside, realm);
        DnsServer dns = dns(
                DnsServer.srv(SRV_NAME, FIRST, Topology.freePort(), 0, 0),
                DnsServer.srv(SRV_NAME, SECOND, server.port(), 10, 0),
                DnsServer.a(FIRST, "127.0.0.1"),
                DnsServer.a(SECOND, "127.0.0.1"));
        assertThat(find(dns).place()).startsWith(SECOND);
    }

    @Test
    void name_withAddressesOnly_isAskedAtTheSetPort() throws Exception {
        BootstrapVerticle server = serve(outside, realm);
        DnsServer dns = dns(DnsServer.a(SERVICE, "127.0.0.1"));
        Bootstrap found = await(Bootstrap.find(outside, options(dns).setPort(server.port())));
        open.add(found);
        assertThat(found.place()).isEqualTo(SERVICE + ".cluster.local:" + server.port() + " (127.0.0.1)");
    }

    @Test
    void name_thatIsAnAlias_isAskedAtTheSetPort() throws Exception {
        BootstrapVerticle server = serve(outside, realm);
        DnsServer dns = dns(DnsServer.cname("alias", SERVICE), DnsServer.a(SERVICE, "127.0.0.1"));
        assertThat(await(find("alias", dns, server)).place())
                .isEqualTo("alias.cluster.local:" + server.port() + " (127.0.0.1)");
    }

    /** Each step of it is asked for. */
    @Test
    void name_thatIsAnAliasOfAnAlias_isAskedAtTheSetPort() throws Exception {
        BootstrapVerticle server = serve(outside, realm);
        DnsServer dns = dns(
                DnsServer.cname("other", "alias"),
                DnsServer.cname("alias", SERVICE),
                DnsServer.a(SERVICE, "127.0.0.1"));
        assertThat(await(find("other", dns, server)).place()).startsWith("other.cluster.local:");
    }

    private Future<Bootstrap> find(String name, DnsServer dns, BootstrapVerticle server) {
        BootstrapOptions named = new BootstrapOptions(name + "." + DnsServer.ZONE, List.of(pin(realm)))
                .setNameServer(dns.address())
                .setPort(server.port());
        return Bootstrap.find(outside, named).onSuccess(open::add);
    }

    @Test
    void name_withoutRecords_isOneLineWithTheFix() throws Exception {
        DnsServer dns = dns();
        assertThat(failure(Bootstrap.find(outside, options(dns).setTimeout(Duration.ofSeconds(1)))))
                .hasMessage(
                        "bootstrap: " + SRV_NAME
                                + ".cluster.local has neither SRV records with addresses nor addresses of its own; check bootstrap.name");
    }

    /** Orchestrators may be about to start: DNS is asked anew until the time is up. */
    @Test
    void records_thatComeLater_areFound() throws Exception {
        BootstrapVerticle server = serve(outside, realm);
        DnsServer dns = dns();
        var finding = Bootstrap.find(outside, options(dns));
        dns.serve(records(server.port()));
        Bootstrap found = await(finding);
        open.add(found);
        assertThat(found.document().fingerprint()).isEqualTo(pin(realm));
    }

    @Test
    void document_namesNoOperationServiceOrAddress() throws Exception {
        BootstrapVerticle server = serve(outside, realm);
        BootstrapDocument document = find(dns(records(server.port()))).document();
        assertThat(document.policy().getString("trustDomain")).isEqualTo("test.latchkey");
        assertThat(document.policy().encode() + document.cluster().encode())
                .doesNotContain("greet")
                .doesNotContain("caller")
                .doesNotContain("counting");
        assertThat(document.cluster().getJsonArray("members")).containsExactly("127.0.0.1:" + firstPort);
        assertThat(Clock.systemUTC().millis()).isLessThan(document.expires());
    }
}
