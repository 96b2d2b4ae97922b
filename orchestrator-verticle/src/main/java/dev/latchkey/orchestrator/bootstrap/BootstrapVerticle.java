// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.bootstrap;

import dev.latchkey.eventbus.BootstrapDocument;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import dev.latchkey.orchestrator.keys.OrchestratorKeys;
import dev.latchkey.orchestrator.keys.TlsIdentity;
import dev.latchkey.orchestrator.limit.TokenBucket;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.state.Readiness;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves the bootstrap document over HTTPS, to whoever reaches the port: it is public, and signed. Deploy it after the orchestrator that it
 * speaks for. {@code GET /latchkey/v1/bootstrap} is the document; {@code GET /livez} and {@code GET /readyz} are for probes: the latter is 503 while the
 * orchestrator cannot reach what all orchestrators share, so that a rolling update waits for it.
 */
public final class BootstrapVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.bootstrap");
    private static final String DOCUMENT = "/latchkey/v1/bootstrap";
    private static final int REQUESTS_PER_SECOND = 200;
    private static final int IDLE_SECONDS = 5;
    private static final int MAX_LINE = 512;
    private static final int MAX_HEADERS = 4 * 1024;

    private final BootstrapSettings settings;
    private final OrchestratorKeys keys;
    private final DocumentMaker documents;
    private final TokenBucket limit;
    private final Readiness readiness;
    private volatile int port;

    /**
     * A server.
     *
     * @param keys the orchestrator's; this does not erase them
     * @param policy the one in force, asked for at each document
     * @param credentials the kinds of credential that are taken, for joiners to know
     * @param cluster the orchestrator's node
     * @param look reads something that all orchestrators share; fails when it cannot be read
     */
    public BootstrapVerticle(
            BootstrapSettings settings,
            OrchestratorKeys keys,
            Supplier<Policy> policy,
            List<String> credentials,
            ClusterSettings cluster,
            Clock clock,
            Supplier<? extends Future<?>> look) {
        this.settings = settings;
        this.keys = keys;
        this.documents = new DocumentMaker(keys, policy, credentials, cluster, clock);
        this.limit = new TokenBucket(REQUESTS_PER_SECOND, clock);
        this.readiness = new Readiness(look);
    }

    @Override
    public Future<?> start() throws GeneralSecurityException {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setSsl(true)
                .setKeyCertOptions(tls())
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS);
        return vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .listen()
                .recover(failure -> Future.failedFuture(new IllegalStateException(
                        "bootstrap.port: " + settings.host() + ":" + settings.port() + " cannot be bound ("
                                + failure.getMessage() + "); stop what listens there, or choose another",
                        failure)))
                .onSuccess(this::ready);
    }

    private void ready(HttpServer server) {
        port = server.actualPort();
        LOG.info("bootstrap document at https://" + settings.host() + ":" + port + DOCUMENT + ", pin " + pin());
    }

    private KeyCertOptions tls() throws GeneralSecurityException {
        Path keyFile = settings.keyFile();
        if (keyFile == null) {
            TlsIdentity made = TlsIdentity.create("latchkey-orchestrator");
            return new PemKeyCertOptions().addKeyValue(made.key()).addCertValue(made.certificate());
        }
        return new PemKeyCertOptions()
                .addKeyPath(keyFile.toString())
                .addCertPath(String.valueOf(settings.certificateFile()));
    }

    /** The port that is bound, once this has started. Callable from any thread. */
    public int port() {
        return port;
    }

    /** What joiners pin. */
    public String pin() {
        return BootstrapDocument.fingerprint(keys.signing().verifyingKey());
    }

    private void answer(HttpServerRequest request) {
        String path = Objects.requireNonNullElse(request.path(), "");
        if (request.method() != HttpMethod.GET) {
            end(request, 405, "only GET is served here\n");
        } else if (path.equals("/livez")) {
            end(request, 200, "ok\n");
        } else if (path.equals("/readyz")) {
            tellWhetherReady(request);
        } else if (!path.equals(DOCUMENT)) {
            end(request, 404, "the document is at " + DOCUMENT + "\n");
        } else if (!limit.take()) {
            end(request, 503, "too many ask at this moment; ask again\n");
        } else {
            tell(request);
        }
    }

    private void tellWhetherReady(HttpServerRequest request) {
        // Composed, so that a look that throws is an answer too.
        Future.succeededFuture()
                .compose(asked -> readiness.check())
                .onSuccess(ready -> end(request, 200, "ok\n"))
                .onFailure(failure -> end(request, 503, "the shared state cannot be reached, so nothing is issued\n"));
    }

    private void tell(HttpServerRequest request) {
        String document = document();
        if (document == null) {
            end(request, 503, "this orchestrator ends; ask another\n");
        } else {
            request.response().putHeader("Content-Type", "application/jwt").putHeader("Cache-Control", "no-store");
            end(request, 200, document);
        }
    }

    private @Nullable String document() {
        try {
            return documents.now();
        } catch (IllegalStateException e) {
            return null;
        }
    }

    private static void end(HttpServerRequest request, int status, String body) {
        request.response().setStatusCode(status).end(body);
    }
}
