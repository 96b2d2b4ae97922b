// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.remote;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks one orchestrator's admin API, from the calling thread, which may be interrupted. It follows no redirects, uses no proxy and
 * reads bounded answers: what it shows is a token that can revoke everybody.
 */
public final class AdminClient {
    /** An answer lists all instances: some 300 bytes of each. */
    static final int MAX_ANSWER = 64 << 20;

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final String API = "/api/v1/";

    private final AdminAddress address;
    private final HttpClient http;
    private final @Nullable String token;

    private AdminClient(AdminAddress address, HttpClient http, @Nullable String token) {
        this.address = address;
        this.http = http;
        this.token = token;
    }

    /**
     * A client; nothing is sent yet.
     *
     * @param url scheme, host and port; plain http on loopback only
     * @param tokenFile the token to show, or null for none
     * @param caFile PEM certificates that may sign the server's, or null for those of the JDK
     * @throws IllegalArgumentException naming option, problem and fix
     */
    public static AdminClient of(String url, @Nullable Path tokenFile, @Nullable Path caFile) throws IOException {
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT);
        if (caFile != null) {
            http.sslContext(CaFile.context(caFile));
        }
        return new AdminClient(
                AdminAddress.parse(url), http.build(), tokenFile == null ? null : AdminToken.read(tokenFile));
    }

    /** A name as a segment of a path. */
    public static String segment(String name) {
        return AdminAddress.segment(name);
    }

    /** Asks for what is there; the path follows {@code /api/v1/}. */
    public JsonObject get(String path) throws InterruptedException {
        return json(send(request(API + path).GET()));
    }

    /** Has something done. */
    public JsonObject post(String path, JsonObject body) throws InterruptedException {
        return json(send(request(API + path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.encode()))));
    }

    /** Sends a policy. */
    public JsonObject postYaml(String path, String yaml) throws InterruptedException {
        BodyPublisher body = BodyPublishers.ofString(yaml);
        return json(send(
                request(API + path).header("Content-Type", "application/yaml").POST(body)));
    }

    /** Has something ended. */
    public JsonObject delete(String path) throws InterruptedException {
        return json(send(request(API + path).DELETE()));
    }

    /** The server's time by its {@code Date} (RFC 9110, 6.6.1), if it tells one; the path is a whole one, such as {@code /health/live}. */
    public Optional<String> date(String path) throws InterruptedException {
        HttpResponse<InputStream> answer = exchange(request(path).GET());
        try (InputStream body = answer.body()) {
            return answer.headers().firstValue("Date");
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /**
     * Follows the stream of events until it ends or breaks.
     *
     * @param after the id of the last event that was seen, empty for none
     * @param whether takes an event, and says whether it wants more
     */
    public void events(String after, Predicate<AdminEvent> whether) throws InterruptedException {
        HttpRequest.Builder request =
                request(API + "events").header("Accept", "text/event-stream").GET();
        if (!after.isEmpty()) {
            request.header("Last-Event-ID", after);
        }
        HttpResponse<InputStream> answer = exchange(request);
        try (InputStream body = answer.body()) {
            requireGood(answer.statusCode(), body);
            follow(body, whether);
        } catch (IOException e) {
            // A stream that breaks has ended; whoever wants more asks again.
        }
    }

    /** On a thread of its own: one that reads the JDK's stream cannot be interrupted; its end wakes it. */
    private static void follow(InputStream body, Predicate<AdminEvent> whether) throws InterruptedException {
        FutureTask<Void> reading = new FutureTask<>(() -> read(body, whether));
        Thread reader = new Thread(reading, "latchkey-events");
        reader.setDaemon(true);
        reader.start();
        try {
            reading.get();
        } catch (ExecutionException e) {
            throwUnlessEnded(e.getCause());
        }
    }

    private static @Nullable Void read(InputStream body, Predicate<AdminEvent> whether) throws IOException {
        EventReader events = new EventReader(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
        boolean more = true;
        while (more) {
            more = events.next().map(whether::test).orElse(false);
        }
        return null;
    }

    private static void throwUnlessEnded(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException refused) {
            throw refused;
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).header("User-Agent", "latchkey");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private byte[] send(HttpRequest.Builder request) throws InterruptedException {
        HttpResponse<InputStream> answer = exchange(request.timeout(ANSWER));
        try (InputStream body = answer.body()) {
            requireGood(answer.statusCode(), body);
            return bounded(body.readNBytes(MAX_ANSWER + 1));
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private static byte[] bounded(byte[] body) throws IOException {
        if (body.length > MAX_ANSWER) {
            throw new IOException("the answer is longer than " + MAX_ANSWER + " bytes");
        }
        return body;
    }

    private void requireGood(int status, InputStream body) throws IOException {
        if (status / 100 != 2) {
            throw Problem.of(address, status, body.readNBytes(1 << 16));
        }
    }

    private HttpResponse<InputStream> exchange(HttpRequest.Builder request) throws InterruptedException {
        try {
            return http.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private UnreachableException unreachable(IOException e) {
        String problem = e instanceof SSLException
                ? "shows no certificate that is trusted (" + Printable.of(String.valueOf(e.getMessage()))
                        + "); name its signer by --ca-file"
                : "does not answer (" + Printable.of(e.toString()) + "); start an orchestrator with 'admin' in its"
                        + " settings, or name another by --url";
        return new UnreachableException(address + " " + problem, e);
    }

    private JsonObject json(byte[] body) {
        try {
            return body.length == 0 ? new JsonObject() : new JsonObject(Buffer.buffer(body));
        } catch (DecodeException e) {
            throw new RefusedException(200, address + " answers with something else than JSON; is it an admin API?");
        }
    }
}
