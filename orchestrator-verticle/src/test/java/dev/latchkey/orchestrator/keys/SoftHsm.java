// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A SoftHSM token for tests, with keys made in it. It is used by JVMs of its own, since its settings come from the environment. */
public final class SoftHsm {
    /** What a test that needs it says when it is skipped. */
    public static final String MISSING = "SoftHSM or pkcs11-tool is missing; 'apt-get install softhsm2 opensc'";

    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"),
            Path.of("/opt/homebrew/lib/softhsm/libsofthsm2.so"));
    private static final String PIN = "87654321";

    private final Path folder;

    private SoftHsm(Path folder) {
        this.folder = folder;
    }

    /** Whether there is one on this machine. */
    public static boolean isThere() {
        return library() != null && Stream.of("softhsm2-util", "pkcs11-tool").allMatch(SoftHsm::isOnPath);
    }

    private static boolean isOnPath(String tool) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(dir -> Files.isExecutable(Path.of(dir, tool)));
    }

    static @org.jspecify.annotations.Nullable Path library() {
        return LIBRARIES.stream().filter(Files::exists).findFirst().orElse(null);
    }

    /** A token 'latchkey'. */
    public static SoftHsm in(Path folder) throws IOException {
        SoftHsm hsm = new SoftHsm(folder);
        Files.createDirectories(folder.resolve("tokens"));
        Files.writeString(
                folder.resolve("softhsm2.conf"),
                "directories.tokendir = " + folder.resolve("tokens") + "\nobjectstore.backend = file\n");
        Files.writeString(hsm.pinFile(), PIN + "\n");
        hsm.run("softhsm2-util", "--init-token", "--free", "--label", "latchkey", "--so-pin", "12345678", "--pin", PIN);
        return hsm;
    }

    /** Makes a pair in the token, which nobody can read out of it. */
    public SoftHsm withKey(String label, String id, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "pkcs11-tool",
                "--module",
                String.valueOf(library()),
                "--login",
                "--pin",
                PIN,
                "--token-label",
                "latchkey",
                "--keypairgen",
                "--key-type",
                "EC:edwards25519",
                "--label",
                label,
                "--id",
                id));
        command.addAll(List.of(more));
        run(command.toArray(String[]::new));
        return this;
    }

    public Path pinFile() {
        return folder.resolve("pin");
    }

    /** The environment by which a JVM finds the token. */
    public Map<String, String> environment() {
        return Map.of("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
    }

    private void run(String... command) throws IOException {
        assertThat(run(new ProcessBuilder(command))).contains("exit 0");
    }

    /** Runs a main class in a JVM of its own that sees the token; what it prints, and its exit code. */
    public String java(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.net.preferIPv4Stack=true",
                "-Dhazelcast.logging.type=slf4j",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        return run(new ProcessBuilder(command));
    }

    private String run(ProcessBuilder builder) throws IOException {
        builder.environment().putAll(environment());
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes());
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return said + "exit " + process.exitValue();
    }
}
