// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.node;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A node's JVM, seen from the driver. Its commands are bounded in time. */
public final class NodeProcess implements AutoCloseable {
    private static final long START_SECONDS = 120;
    private static final long STOP_SECONDS = 5;

    private final String role;
    private final Process process;
    private final BufferedWriter commands;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
    private final CompletableFuture<JsonObject> ready = new CompletableFuture<>();
    private final BiConsumer<String, JsonObject> events;

    private NodeProcess(String role, Process process, BiConsumer<String, JsonObject> events) {
        this.role = role;
        this.process = process;
        this.events = events;
        this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts a node.
     *
     * @param main the class whose {@code main} runs it
     * @param log where its standard error goes
     * @param events told of what the node reports, on a thread of its own
     */
    public static NodeProcess start(
            Class<?> main, NodeSettings settings, Path log, BiConsumer<String, JsonObject> events) throws IOException {
        return start(main, settings, log, events, List.of());
    }

    /**
     * Starts a node by another program, such as one that puts it into a network of its own.
     *
     * @param launcher the program and its arguments, before the command that starts a JVM
     */
    public static NodeProcess start(
            Class<?> main,
            NodeSettings settings,
            Path log,
            BiConsumer<String, JsonObject> events,
            List<String> launcher)
            throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(command(main, settings));
        Process process = new ProcessBuilder(command)
                .redirectError(Redirect.appendTo(log.toFile()))
                .start();
        NodeProcess node = new NodeProcess(settings.role(), process, events);
        Thread reader = new Thread(node::read, "node-" + settings.role());
        reader.setDaemon(true);
        reader.start();
        return node;
    }

    private static List<String> command(Class<?> main, NodeSettings settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The flags that the launcher chose for this JDK, but no debugger's or agent's.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag ->
                        !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent") && !flag.startsWith("-Xmx"))
                .forEach(command::add);
        command.addAll(
                List.of("-Xmx" + settings.heapMegabytes() + "m", "-XX:+UseSerialGC", "-Djava.awt.headless=true"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.add(settings.toJson().encode());
        return command;
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                if (text.startsWith("{")) {
                    take(new JsonObject(text));
                }
            }
        } catch (IOException e) {
            ended(e);
            return;
        }
        ended(new IOException("the " + role + " node ended"));
    }

    private void ended(Throwable why) {
        ready.completeExceptionally(why);
        waiting.values().forEach(answer -> answer.completeExceptionally(why));
    }

    private void take(JsonObject line) {
        if (line.containsKey("event")) {
            event(line.getString("event"), line.getJsonObject("details"));
            return;
        }
        CompletableFuture<JsonObject> answer = waiting.remove(line.getInteger("id"));
        if (answer != null) {
            complete(answer, line);
        }
    }

    private static void complete(CompletableFuture<JsonObject> answer, JsonObject line) {
        if (line.containsKey("failure")) {
            answer.completeExceptionally(new IOException(line.getString("failure")));
        } else {
            answer.complete(line.getJsonObject("result"));
        }
    }

    private void event(String name, JsonObject details) {
        switch (name) {
            case "ready" -> ready.complete(details);
            case "failed" -> ready.completeExceptionally(new IOException(details.getString("why")));
            default -> events.accept(name, details);
        }
    }

    /** Waits until the node is in the cluster and its services have joined. */
    public void awaitReady() throws NodeException {
        get(ready, START_SECONDS, "did not start");
    }

    /** Sends a command and does not wait. */
    public CompletableFuture<JsonObject> ask(String command, JsonObject arguments) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        write(new JsonObject().put("id", id).put("command", command).put("arguments", arguments));
        return answer;
    }

    private synchronized void write(JsonObject line) {
        try {
            commands.write(line.encode());
            commands.newLine();
            commands.flush();
        } catch (IOException e) {
            ended(e);
        }
    }

    /** Sends a command and waits for its result. */
    public JsonObject tell(String command, JsonObject arguments, long seconds) throws NodeException {
        return get(ask(command, arguments), seconds, "did not answer '" + command + "'");
    }

    /** Waits for the result of a command. */
    public JsonObject get(CompletableFuture<JsonObject> answer, long seconds, String problem) throws NodeException {
        try {
            return answer.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new NodeException("the " + role + " node " + problem + ": " + cause.getMessage());
        } catch (TimeoutException e) {
            throw new NodeException("the " + role + " node " + problem + " within " + seconds + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeException("interrupted");
        }
    }

    /** Ends it without notice (SIGKILL), and waits until it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /**
     * Sends it a signal.
     *
     * @param name such as STOP, at which it stands still, or CONT, at which it goes on
     */
    public void signal(String name) throws IOException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .onExit()
                .join();
    }

    /** Closes its input, at which it ends; after a while, ends it. */
    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
