// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run} refuses before it starts a node. */
final class RunCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private TestDomain domain;

    private final Console console = new Console();

    @BeforeEach
    void init() throws IOException {
        domain = TestDomain.in(folder);
    }

    private String refusal(Object... more) {
        Object[] arguments = new Object[5 + more.length];
        Object[] first = {"run", "--service", "greeter", "--dir", domain.home().dir()};
        System.arraycopy(first, 0, arguments, 0, first.length);
        System.arraycopy(more, 0, arguments, first.length, more.length);
        assertThat(console.run(arguments)).isEqualTo(1);
        assertThat(console.errLines()).hasSize(1);
        return console.errLines().get(0);
    }

    @Test
    void run_classMissing_isOneLine() {
        assertThat(refusal("com.example.None"))
                .isEqualTo("latchkey: class com.example.None is not on the class path; put its jar on"
                        + " LATCHKEY_CLASSPATH or correct the name");
    }

    @Test
    void run_classIsNoVerticle_isOneLine() {
        assertThat(refusal("java.lang.String"))
                .isEqualTo("latchkey: class java.lang.String is no verticle; extend SecureVerticle or VerticleBase");
        assertThat(new Console().run("run", "--service", "a", VerticleBase.class.getName()))
                .isEqualTo(1);
    }

    @Test
    void run_classIsNotPublic_isOneLine() {
        assertThat(refusal(Hidden.class.getName()))
                .endsWith("cannot be made; give it, and make public, a constructor without parameters");
    }

    @Test
    void run_credentialMissing_namesTheCommand() {
        assertThat(refusal(Greeter.class.getName()))
                .isEqualTo("latchkey: credential " + domain.home().credential("greeter")
                        + " cannot be read; make one by 'latchkey credential issue'");
    }

    @Test
    void run_credentialEmpty_isOneLine() throws IOException {
        Files.createFile(domain.home().credential("greeter"));
        assertThat(refusal(Greeter.class.getName())).contains("the credential is empty");
    }

    @Test
    void run_trustMissing_isOneLine() {
        domain.issue("greeter");
        assertThat(refusal(Greeter.class.getName(), "--trust", "none.json"))
                .contains("trust bundle none.json cannot be read");
    }

    @Test
    void run_configWithUnknownMember_isOneLine() throws IOException {
        domain.issue("greeter");
        Path config = domain.write("c.yaml", "latchkey: {jointimeout: 1}\n");
        assertThat(refusal(Greeter.class.getName(), "--config", config)).contains("unknown member 'jointimeout'");
    }

    @Test
    void run_configOfWrongType_isOneLine() throws IOException {
        domain.issue("greeter");
        Path config = domain.write("c.json", "{\"latchkey\": {\"joinTimeout\": \"soon\"}}");
        assertThat(refusal(Greeter.class.getName(), "--config", config)).contains("a setting has the wrong type");
    }

    @Test
    void run_clusterPortWrong_isOneLine() throws IOException {
        domain.issue("greeter");
        Path node = domain.write("n.yaml", "cluster: {port: 70000}\n");
        assertThat(refusal(Greeter.class.getName(), "--cluster", node))
                .isEqualTo("latchkey: " + node + ": cluster.port: 70000 is no port; give one from 1 to 65535");
    }

    @Test
    void run_foreignHost_isOneLine() throws IOException {
        domain.issue("greeter");
        Path node = domain.write("n.yaml", "cluster: {host: 192.0.2.1}\n");
        assertThat(refusal(Greeter.class.getName(), "--cluster", node))
                .contains("cluster.host: 192.0.2.1 is no address of this machine");
    }

    @Test
    void run_noInstances_isOneLine() {
        domain.issue("greeter");
        assertThat(refusal(Greeter.class.getName(), "--instances", "0")).contains("instances");
    }

    static final class Hidden extends VerticleBase {}
}
