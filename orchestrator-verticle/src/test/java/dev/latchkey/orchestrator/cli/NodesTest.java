// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.spi.VerticleFactory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An orchestrator and services, each on a node of its own. */
final class NodesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private TestDomain domain;

    @BeforeEach
    void init() throws IOException {
        domain = TestDomain.in(folder);
    }

    private Running orchestrator() {
        return Running.start("orchestrator", "--config", domain.home().orchestrator());
    }

    private Object[] run(Class<?> verticle, String service, String... more) throws IOException {
        Object[] arguments = new Object[8 + more.length];
        Object[] first = {
            "run",
            verticle.getName(),
            "--service",
            service,
            "--dir",
            domain.home().dir(),
            "--cluster",
            domain.node()
        };
        System.arraycopy(first, 0, arguments, 0, first.length);
        System.arraycopy(more, 0, arguments, first.length, more.length);
        return arguments;
    }

    @Test
    void orchestrator_stopped_endsWithZeroAndFreesItsPort() throws Exception {
        for (int round = 0; round < 2; round++) {
            Running orchestrator = orchestrator();
            assertThat(orchestrator.out())
                    .isEqualTo("orchestrator of example.latchkey is ready in cluster '" + domain.clusterName()
                            + "' at 127.0.0.1:" + domain.port() + System.lineSeparator());
            assertThat(orchestrator.stop()).isZero();
            assertThat(orchestrator.err()).isEmpty();
        }
    }

    @Test
    void run_twoServices_talk() throws Exception {
        domain.issue("greeter");
        domain.issue("visitor");
        try (Running orchestrator = orchestrator();
                Running greeter = Running.start(run(Greeter.class, "greeter", "--instances", "2"));
                Running visitor = Running.start(run(Visitor.class, "visitor"))) {
            assertThat(greeter.out()).startsWith("greeter is ready: " + Greeter.class.getName() + " x2 in cluster '");
            assertThat(visitor.stop()).isZero();
            assertThat(greeter.stop()).isZero();
            assertThat(orchestrator.stop()).isZero();
        }
    }

    @Test
    void run_credentialOfAnotherService_isOneLine() throws Exception {
        Files.copy(domain.issue("greeter"), domain.home().credential("visitor"));
        Console console = new Console();
        try (Running orchestrator = orchestrator()) {
            assertThat(console.run(run(Visitor.class, "visitor"))).isEqualTo(1);
            assertThat(console.errLines()).hasSize(1).first().asString().startsWith("latchkey: BAD_CREDENTIAL: ");
            assertThat(orchestrator.err()).isEmpty();
        }
    }

    @Test
    void run_nameOfAFactory_isDeployedByIt() throws Exception {
        domain.issue("greeter");
        domain.issue("visitor");
        Object[] byFactory = run(Greeter.class, "greeter");
        byFactory[1] = "greeting:anything";
        try (Running orchestrator = orchestrator();
                Running greeter = withFactory(() -> Running.start(byFactory));
                Running visitor = Running.start(run(Visitor.class, "visitor"))) {
            assertThat(greeter.out()).startsWith("greeter is ready: greeting:anything x1 in cluster '");
            assertThat(visitor.stop()).isZero();
        }
    }

    /** The thread that a command runs on has the class loader of the one that starts it. */
    private Running withFactory(Supplier<Running> start) throws IOException {
        Path services = Files.createDirectories(folder.resolve("factories/META-INF/services"));
        Files.writeString(services.resolve(VerticleFactory.class.getName()), GreeterFactory.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new URLClassLoader(
                new URL[] {folder.resolve("factories").toUri().toURL()}, before));
        try {
            return start.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void run_nameOfNoFactory_isOneLine() throws Exception {
        Object[] arguments = run(Greeter.class, "greeter");
        arguments[1] = "nobody:anything";
        Console console = new Console();
        assertThat(console.run(arguments)).isEqualTo(1);
        assertThat(console.errLines())
                .containsExactly(
                        "latchkey: no verticle factory on the class path takes 'nobody:anything'; put its jar on"
                                + " LATCHKEY_CLASSPATH, or correct the prefix");
    }
}
