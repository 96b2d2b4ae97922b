// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.bootstrap;

import static org.awaitility.Awaitility.await;

import dev.latchkey.orchestrator.cluster.FreePort;
import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real DNS server, dnsmasq, on a port of loopback, with the records that a test gives it and nothing else. Other records take another start
 * of it, at the same port.
 */
public final class DnsServer implements AutoCloseable {
    /** The zone that it answers for. */
    public static final String ZONE = "cluster.local";

    private static final List<Path> PLACES = Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/opt/homebrew/sbin")
            .map(folder -> Path.of(folder, "dnsmasq"))
            .toList();
    private static final long STOP_SECONDS = 10;

    private final Path folder;
    private final int port;
    private @Nullable Process process;

    private DnsServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** True when this machine has dnsmasq. */
    public static boolean isInstalled() {
        return PLACES.stream().anyMatch(Files::isExecutable);
    }

    /** One with these records, each a line of dnsmasq's settings. */
    public static DnsServer start(Path folder, String... records) throws IOException {
        DnsServer server = new DnsServer(folder, FreePort.on("127.0.0.1"));
        server.serve(records);
        return server;
    }

    /** An SRV record, as Kubernetes has one for each port of a headless service's pods. */
    public static String srv(String name, String target, int port, int priority, int weight) {
        return "srv-host=" + name + "." + ZONE + "," + target + "." + ZONE + "," + port + "," + priority + "," + weight;
    }

    /** An A record. */
    public static String a(String name, String address) {
        return "host-record=" + name + "." + ZONE + "," + address;
    }

    /** A CNAME record: an alias, and the name that it stands for. */
    public static String cname(String alias, String name) {
        return "cname=" + alias + "." + ZONE + "," + name + "." + ZONE;
    }

    /** Has other records from now on. */
    public void serve(String... records) throws IOException {
        stop();
        String settings = String.join(
                        "\n",
                        "port=" + port,
                        "listen-address=127.0.0.1",
                        "bind-interfaces",
                        "no-resolv",
                        "no-hosts",
                        "local=/" + ZONE + "/",
                        "local-ttl=1",
                        "")
                + String.join("\n", records) + "\n";
        Path file = Files.writeString(folder.resolve("dnsmasq.conf"), settings);
        process = new ProcessBuilder(
                        PLACES.stream()
                                .filter(Files::isExecutable)
                                .findFirst()
                                .orElseThrow()
                                .toString(),
                        "--no-daemon",
                        "--conf-file=" + file)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("dnsmasq.log").toFile())
                .start();
        awaitAnswer();
    }

    private void awaitAnswer() {
        Vertx vertx = Vertx.vertx();
        DnsClient client = vertx.createDnsClient(port, "127.0.0.1");
        await().until(() -> client.resolveA("none." + ZONE)
                .map(true)
                .recover(failure ->
                        io.vertx.core.Future.succeededFuture(failure instanceof io.vertx.core.dns.DnsException))
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS));
        vertx.close();
    }

    /** Where it is, as {@code bootstrap.nameServer} has it. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Answers nobody any more. */
    public void stop() {
        Process running = process;
        if (running != null) {
            running.destroy();
            try {
                if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        process = null;
    }

    @Override
    public void close() {
        stop();
    }
}
