// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An admin API that says what a test has it say, and notes what it is asked. */
final class FakeAdmin implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Said> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private record Said(int status, String type, String body) {}

    private FakeAdmin(HttpServer server) {
        this.server = server;
    }

    static FakeAdmin start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FakeAdmin fake = new FakeAdmin(server);
        server.createContext("/", fake::answer);
        server.setExecutor(fake.threads);
        server.start();
        return fake;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Says JSON when asked so, such as {@code GET /api/v1/services}. */
    void says(String question, String json) {
        answers.put(question, new Said(200, "application/json", json));
    }

    void refuses(String question, int status, String problem) {
        answers.put(question, new Said(status, "application/problem+json", problem));
    }

    void streams(String question, String events) {
        answers.put(question, new Said(200, "text/event-stream", events));
    }

    /** What it was asked: method, path and query, token, body. */
    List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String question = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        String after = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(question
                + (token == null ? "" : " " + token)
                + (after == null ? "" : " after " + after)
                + (body.isEmpty() ? "" : " " + body));
        Said said = answers.getOrDefault(question, new Said(404, "text/plain", "no such page"));
        exchange.getResponseHeaders().set("Content-Type", said.type());
        byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
