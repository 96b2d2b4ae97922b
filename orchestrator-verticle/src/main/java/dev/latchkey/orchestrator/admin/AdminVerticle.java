// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import dev.latchkey.orchestrator.credential.AdminToken;
import dev.latchkey.orchestrator.keys.KeystorePassword;
import dev.latchkey.orchestrator.policy.PolicyException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Serves the admin API and the console, beside an orchestrator and on a context of its own. */
public final class AdminVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.admin");
    private static final String EVENTS = "/api/v1/events";
    private static final String OPENAPI = "/openapi.json";
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final int IDLE_SECONDS = 60;
    private static final int MAX_HEADERS = 16 * 1024;

    private final AdminOptions options;
    private final Control control;
    private final AdminAudit audit;
    private @Nullable HttpServer server;
    private @Nullable EventFeed feed;
    private List<Endpoint> endpoints = List.of();

    /** An API by these options, to this orchestrator. */
    public AdminVerticle(AdminOptions options, Control control, AdminAudit audit) {
        this.options = options;
        this.control = control;
        this.audit = audit;
    }

    /** The port that it listens on, once it has started. */
    public int port() {
        return Objects.requireNonNull(server, "the admin API has not started").actualPort();
    }

    @Override
    public Future<?> start() {
        feed = new EventFeed(vertx, context, control);
        endpoints = endpoints(vertx, control, new Audited(audit));
        return vertx.createHttpServer(serverOptions())
                .requestHandler(router())
                .listen()
                .onSuccess(listening -> {
                    server = listening;
                    LOG.info("the admin API is at " + (options.isSecure() ? "https://" : "http://") + options.host()
                            + ":" + listening.actualPort());
                });
    }

    private HttpServerOptions serverOptions() {
        HttpServerOptions http = new HttpServerOptions()
                .setHost(options.host())
                .setPort(options.port())
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxHeaderSize(MAX_HEADERS)
                .setInitialSettings(new Http2Settings().setMaxHeaderListSize(MAX_HEADERS));
        Path keystore = options.tlsKeystoreFile();
        return keystore == null ? http : http.setSsl(true).setKeyCertOptions(certificate(keystore));
    }

    private PfxOptions certificate(Path keystore) {
        char[] password = KeystorePassword.read(Objects.requireNonNull(options.tlsPasswordFile()));
        return new PfxOptions().setPath(keystore.toString()).setPassword(new String(password));
    }

    /** All that is routed, the streams and files by hand included. */
    static List<Endpoint> endpoints(Vertx vertx, Control control, Audited audited) {
        List<Endpoint> all = new ArrayList<>(new ReadEndpoints(control).all());
        all.addAll(new ActionEndpoints(control, audited).all());
        all.addAll(new PolicyEndpoints(vertx, control, audited).all());
        JsonObject document = document();
        all.add(Endpoint.get(OPENAPI, null, request -> Future.succeededFuture(document)));
        all.add(Endpoint.get(EVENTS, Role.VIEWER, request -> Future.failedFuture("it is a stream")));
        return List.copyOf(all);
    }

    private static JsonObject document() {
        try (InputStream in = Objects.requireNonNull(AdminVerticle.class.getResourceAsStream("openapi.json"))) {
            return new JsonObject(Buffer.buffer(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Router router() {
        Router router = Router.router(vertx);
        RequestLimit limit = new RequestLimit(options.requestsPerSecond(), control.clock());
        AdminToken tokens = new AdminToken(options.issuer(), options.audience(), options.rolesClaim(), control.clock());
        Gate gate = new Gate(tokens, limit);
        router.route().handler(new DateHeader(control.clock()));
        router.route().handler(new SecurityHeaders(options.isSecure())).failureHandler(this::refuse);
        endpoints.forEach(endpoint -> route(router, endpoint, gate));
        ConsoleFiles console = new ConsoleFiles();
        router.get(ConsoleFiles.PATH + "*").handler(console::answer);
        router.route().last().handler(this::refuseUnrouted);
        return router;
    }

    private void route(Router router, Endpoint endpoint, Gate gate) {
        router.route(endpoint.method(), endpoint.route()).handler(context -> letIn(context, endpoint, gate));
        if (!endpoint.body().isEmpty()) {
            router.route(endpoint.method(), endpoint.route())
                    .handler(BodyHandler.create(false).setBodyLimit(endpoint.bodyLimit()));
        }
        router.route(endpoint.method(), endpoint.route()).handler(context -> answer(context, endpoint));
    }

    /** Before anything of the body is read. */
    private void letIn(RoutingContext context, Endpoint endpoint, Gate gate) {
        Role needed = endpoint.role();
        if (needed != null) {
            Caller caller = gate.caller(context.request());
            requireRole(context, caller, needed, endpoint);
            gate.requireOwnSite(context.request());
            context.put("caller", caller);
        }
        requireMediaType(context, endpoint);
        context.next();
    }

    private void requireRole(RoutingContext context, Caller caller, Role needed, Endpoint endpoint) {
        if (!caller.role().covers(needed)) {
            if (!endpoint.method().equals(HttpMethod.GET)) {
                new Audited(audit)
                        .refused(
                                caller,
                                endpoint.method() + " " + endpoint.path(),
                                context.request().path());
            }
            throw new ApiException(
                    Problem.WRONG_ROLE, "it needs the role " + needed + ", and the token has " + caller.role());
        }
    }

    private static void requireMediaType(RoutingContext context, Endpoint endpoint) {
        String type = context.request().getHeader("Content-Type");
        if (!endpoint.body().isEmpty() && hasBody(context) && !isOf(type, endpoint.body())) {
            throw new ApiException(Problem.WRONG_MEDIA_TYPE, "send the body as " + endpoint.body());
        }
    }

    private static boolean hasBody(RoutingContext context) {
        String length = context.request().getHeader("Content-Length");
        return length == null ? context.request().getHeader("Transfer-Encoding") != null : !length.equals("0");
    }

    private static boolean isOf(@Nullable String type, String wanted) {
        return type != null && type.split(";", 2)[0].trim().equalsIgnoreCase(wanted);
    }

    private void answer(RoutingContext context, Endpoint endpoint) {
        Caller caller = context.get("caller");
        if (endpoint.path().equals(EVENTS)) {
            Objects.requireNonNull(feed).subscribe(context.response(), caller);
            return;
        }
        here(endpoint.answering().answer(new ApiRequest(context, caller)))
                .onSuccess(answer -> send(context.response(), "application/json", answer))
                .onFailure(context::fail);
    }

    /** On this verticle's context, whichever completed it. */
    private <T> Future<T> here(Future<T> elsewhere) {
        Promise<T> done = Promise.promise();
        elsewhere.onComplete((value, failure) -> context.runOnContext(now -> done.complete(value, failure)));
        return done.future();
    }

    private static void send(HttpServerResponse response, String type, JsonObject document) {
        if (!response.ended() && !response.closed()) {
            response.putHeader("Content-Type", type).end(document.toBuffer());
        }
    }

    private void refuseUnrouted(RoutingContext context) {
        Set<String> methods = endpoints.stream()
                .filter(endpoint -> endpoint.isAt(context.request().path()))
                .map(endpoint -> endpoint.method().name())
                .collect(Collectors.toSet());
        if (methods.isEmpty()) {
            throw new ApiException(Problem.NOT_FOUND, "there is no such resource; " + OPENAPI + " lists all");
        }
        context.response().putHeader("Allow", methods.stream().sorted().collect(Collectors.joining(", ")));
        throw new ApiException(Problem.WRONG_METHOD, "use " + String.join(" or ", methods));
    }

    private void refuse(RoutingContext context) {
        ApiException refusal = refusal(context);
        HttpServerResponse response =
                context.response().setStatusCode(refusal.problem().status());
        challenge(refusal.problem()).ifPresent(challenge -> response.putHeader("WWW-Authenticate", challenge));
        if (refusal.problem() == Problem.TOO_MANY || refusal.problem() == Problem.UNAVAILABLE) {
            response.putHeader("Retry-After", "1");
        }
        if (refusal.problem() == Problem.TOO_LARGE && context.request().version() != HttpVersion.HTTP_2) {
            // The rest of it is not read.
            response.putHeader("Connection", "close");
        }
        send(response, PROBLEM_JSON, refusal.document());
    }

    /** RFC 6750, section 3. */
    private static Optional<String> challenge(Problem problem) {
        return switch (problem) {
            case NO_TOKEN -> Optional.of("Bearer realm=\"latchkey\"");
            case BAD_TOKEN -> Optional.of("Bearer realm=\"latchkey\", error=\"invalid_token\"");
            case WRONG_ROLE -> Optional.of("Bearer realm=\"latchkey\", error=\"insufficient_scope\"");
            default -> Optional.empty();
        };
    }

    /** What is not foreseen is logged, and told as no more than that. */
    private static ApiException refusal(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof ApiException refusal) {
            return refusal;
        }
        if (failure instanceof PolicyException wrong) {
            return new ApiException(Problem.BAD_POLICY, "the policy has problems", wrong.problems());
        }
        return switch (context.statusCode()) {
            case 413 -> new ApiException(Problem.TOO_LARGE, "the body is longer than this resource takes");
            case 400 -> new ApiException(Problem.BAD_REQUEST, "the request cannot be read");
            default -> unforeseen(context, failure);
        };
    }

    private static ApiException unforeseen(RoutingContext context, @Nullable Throwable failure) {
        LOG.error("could not answer " + context.request().method(), failure);
        return new ApiException(
                Problem.UNAVAILABLE, "the shared state cannot be reached, or something failed; the log says what");
    }

    @Override
    public Future<?> stop() {
        EventFeed streams = feed;
        if (streams != null) {
            streams.close();
        }
        HttpServer listening = server;
        return listening == null ? Future.succeededFuture() : listening.close();
    }
}
