// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.orchestrator.bootstrap.DnsServer;
import dev.latchkey.orchestrator.cluster.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is given a DNS name and a fingerprint, and neither a trust bundle nor where the cluster is. */
final class BootstrapRunTest {
    private static final String SERVICE = "latchkey.shop.svc";
    private static final String NAME = "_latchkey._tcp." + SERVICE + "." + DnsServer.ZONE;
    private static final Pattern PIN = Pattern.compile("--pin (sha256:[0-9a-f]{64})");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private TestDomain domain;

    private int port;

    @BeforeEach
    void init() throws IOException {
        domain = TestDomain.in(folder);
        port = FreePort.on("127.0.0.1");
        Path file = domain.home().orchestrator();
        Files.writeString(file, Files.readString(file) + "\nbootstrap: {port: " + port + "}\n");
    }

    private Running orchestrator() {
        return Running.start("orchestrator", "--config", domain.home().orchestrator());
    }

    private static String pin(Running orchestrator) {
        Matcher line = PIN.matcher(orchestrator.out());
        assertThat(line.find()).isTrue();
        return line.group(1);
    }

    private DnsServer dns() throws IOException {
        assumeTrue(DnsServer.isInstalled(), "dnsmasq is not installed (Debian: apt-get install dnsmasq-base)");
        return DnsServer.start(
                folder,
                DnsServer.srv("_latchkey._tcp." + SERVICE, "latchkey-0." + SERVICE, port, 0, 0),
                DnsServer.a("latchkey-0." + SERVICE, "127.0.0.1"));
    }

    private Object[] run(DnsServer dns, String pin) throws IOException {
        return new Object[] {
            "run",
            Greeter.class.getName(),
            "--service",
            "greeter",
            "--credential",
            domain.issue("greeter"),
            "--cluster",
            domain.write("found.yaml", "bootstrap: {nameServer: \"" + dns.address() + "\", timeout: 2000}\n"),
            "--bootstrap",
            NAME,
            "--pin",
            pin
        };
    }

    @Test
    void run_byNameAndPin_joinsTheCluster() throws Exception {
        try (DnsServer dns = dns();
                Running orchestrator = orchestrator();
                Running greeter = Running.start(run(dns, pin(orchestrator)))) {
            assertThat(greeter.out()).contains("in cluster '" + domain.clusterName() + "'");
            assertThat(greeter.stop()).isZero();
        }
    }

    @Test
    void run_byAnotherPin_isOneLineThatNamesBoth() throws Exception {
        Console console = new Console();
        String other = "sha256:" + "0".repeat(64);
        try (DnsServer dns = dns();
                Running orchestrator = orchestrator()) {
            assertThat(console.run(run(dns, other))).isEqualTo(1);
            assertThat(console.errLines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("latchkey: bootstrap: no orchestrator at")
                    .contains("presented the key " + pin(orchestrator) + ", pinned is " + other);
        }
    }

    @Test
    void run_pinWithoutBootstrap_namesTheFix() {
        Console console = new Console();
        assertThat(console.run("run", Greeter.class.getName(), "--service", "greeter", "--pin", "sha256:00"))
                .isEqualTo(1);
        assertThat(console.err()).contains("--pin: is of use with --bootstrap only; add it, or leave it out");
    }

    @Test
    void run_bootstrapWithoutPin_namesTheFix() {
        Console console = new Console();
        assertThat(console.run("run", Greeter.class.getName(), "--service", "greeter", "--bootstrap", NAME))
                .isEqualTo(1);
        assertThat(console.err()).contains("bootstrap.pins: give one to 16 fingerprints");
    }
}
