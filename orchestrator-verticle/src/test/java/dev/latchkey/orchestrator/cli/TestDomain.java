// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.orchestrator.cluster.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A trust domain that {@code latchkey init} made, with a cluster of its own on free ports. */
final class TestDomain {
    private final Path folder;
    private final Home home;
    private final int port;

    private TestDomain(Path folder, int port) {
        this.folder = folder;
        this.home = new Home(folder.resolve("home"));
        this.port = port;
    }

    static TestDomain in(Path folder) throws IOException {
        TestDomain domain = new TestDomain(folder, FreePort.on("127.0.0.1"));
        assertThat(new Console().run("init", "--dir", domain.home.dir())).isZero();
        domain.replace(domain.home.orchestrator(), "5701", String.valueOf(domain.port));
        domain.replace(domain.home.orchestrator(), "clusterName: latchkey", "clusterName: " + domain.clusterName());
        return domain;
    }

    Home home() {
        return home;
    }

    int port() {
        return port;
    }

    String clusterName() {
        return "test-" + port;
    }

    /** The file for {@code run --cluster}. */
    Path node() throws IOException {
        return write(
                "node.yaml", "cluster: {clusterName: " + clusterName() + ", members: [\"127.0.0.1:" + port + "\"]}\n");
    }

    /** The file for {@code run --config}, so that nobody waits for long. */
    Path impatient() throws IOException {
        return write("config.yaml", "latchkey: {joinTimeout: 500}\n");
    }

    Path issue(String service) {
        Path file = home.credential(service);
        assertThat(new Console().run("credential", "issue", "--dir", home.dir(), "--service", service, "--out", file))
                .isZero();
        return file;
    }

    Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    void replace(Path file, String old, String text) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(old);
        Files.writeString(file, before.replace(old, text));
    }
}
