// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A reader's shell in an empty folder: one to run commands in, and terminals where things go on running. */
final class TutorialShell implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Path bin;
    private final Map<String, Process> running = new HashMap<>();
    private String lastOutput = "";

    /**
     * A shell whose {@code latchkey} is this build, on other ports than the standard ones.
     *
     * @param folder where the reader works; empty
     * @param bin another folder, for the command
     * @param ports the ports to take, by those that the tutorial names
     */
    TutorialShell(Path folder, Path bin, Map<Integer, Integer> ports) throws IOException {
        this.folder = folder;
        this.bin = bin;
        writeCommand(ports);
    }

    /** What the launcher does, without its build. Nodes that know the standard port by themselves are told of the other by a file. */
    private void writeCommand(Map<Integer, Integer> ports) throws IOException {
        Path node = Files.writeString(bin.resolve("node.yaml"), "cluster: {members: [\"127.0.0.1:5701\"]}\n");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String flags = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--"))
                .collect(Collectors.joining(" "));
        String others = ports.entrySet().stream()
                .map(port -> "s/" + port.getKey() + "/" + port.getValue() + "/g")
                .collect(Collectors.joining("; "));
        String script =
                """
                #!/usr/bin/env bash
                [ "$1" = run ] && [[ " $* " != *" --cluster "* ]] && set -- "$@" --cluster '%s'
                find . '%s' -name '*.yaml' -exec sed -i '%s' {} +
                export LATCHKEY_URL=http://127.0.0.1:%d
                exec '%s' %s -Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.net.preferIPv4Stack=true \\
                  -Dhazelcast.logging.type=slf4j -Dlogback.configurationFile=logback.xml \\
                  -cp "${LATCHKEY_CLASSPATH:+$LATCHKEY_CLASSPATH:}%s" dev.latchkey.orchestrator.cli.LatchkeyCommand "$@"
                """.formatted(node, bin, others, ports.get(8600), java, flags, System.getProperty("java.class.path"));
        Path command = Files.writeString(bin.resolve("latchkey"), script);
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private ProcessBuilder bash(String commands, Path log) {
        ProcessBuilder bash = new ProcessBuilder("bash", "-e", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
        bash.environment().merge("PATH", bin.toString(), (path, added) -> added + ":" + path);
        return bash;
    }

    void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    /** Runs commands to their end, which must be a good one. */
    void run(String commands) throws IOException, InterruptedException {
        Path log = Files.createTempFile(bin, "run", ".log");
        Process bash = bash(commands, log).start();
        boolean ended = bash.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        bash.descendants().forEach(ProcessHandle::destroyForcibly);
        bash.destroyForcibly();
        lastOutput = Files.readString(log);
        if (!ended || bash.exitValue() != 0) {
            throw new AssertionError("these commands did not end well:\n" + commands + lastOutput);
        }
    }

    /** Waits until a command ends with 0. */
    void await(String condition) {
        Awaitility.await(condition).atMost(PATIENCE).until(() -> {
            Process bash = bash(condition, bin.resolve("until.log")).start();
            return bash.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && bash.exitValue() == 0;
        });
    }

    /** Starts commands in a terminal, and waits until they say that they are ready. */
    void start(String terminal, String commands) throws IOException {
        Files.deleteIfExists(log(terminal));
        Process bash = bash(commands, log(terminal)).start();
        running.put(terminal, bash);
        Awaitility.await(terminal).atMost(PATIENCE).until(() -> !bash.isAlive() || shows(terminal, "is ready"));
        if (!bash.isAlive()) {
            throw new AssertionError(terminal + " has ended:\n" + output(terminal));
        }
    }

    /** Waits until a line appears that was not there before; {@code ...} stands for anything. */
    void awaitShown(String terminal, String line) {
        Pattern pattern = pattern(line);
        int from = output(terminal).length();
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> pattern.matcher(
                            output(terminal).substring(from))
                    .find());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(terminal + " does not show '" + line + "':\n" + output(terminal), e);
        }
    }

    void requireShown(String line) {
        if (!pattern(line).matcher(lastOutput).find()) {
            throw new AssertionError("no line '" + line + "' in:\n" + lastOutput);
        }
    }

    private static Pattern pattern(String line) {
        String any = Pattern.quote(line.strip()).replace("...", "\\E.*\\Q");
        return Pattern.compile("^\\s*" + any + "\\s*$", Pattern.MULTILINE);
    }

    private boolean shows(String terminal, String text) {
        return output(terminal).contains(text);
    }

    private String output(String terminal) {
        try {
            return Files.exists(log(terminal)) ? Files.readString(log(terminal)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log(String terminal) {
        return bin.resolve(terminal.replace(' ', '-') + ".log");
    }

    /** As Ctrl-C does. */
    void stop(String terminal) {
        Process bash = running.remove(terminal);
        if (bash == null) {
            throw new AssertionError("nothing runs in terminal " + terminal);
        }
        bash.descendants().forEach(ProcessHandle::destroy);
        bash.toHandle().destroy();
        bash.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        running.values().forEach(bash -> {
            bash.descendants().forEach(ProcessHandle::destroyForcibly);
            bash.destroyForcibly();
        });
    }
}
