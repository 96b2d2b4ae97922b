// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.orchestrator.admin.AdminOptions;
import dev.latchkey.orchestrator.admin.AdminVerticle;
import dev.latchkey.orchestrator.credential.AdminToken;
import dev.latchkey.orchestrator.keys.TlsIdentity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a keystore, the admin API speaks TLS, and nothing else. */
class AdminTlsTest {
    private static final String PASSWORD = "only-for-this-test";

    private final Vertx vertx = Vertx.vertx();
    private final Realm realm = Realm.create();

    /** Held, since Vert.x closes a client that nobody refers to any more. */
    private final List<HttpClient> clients = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private TlsIdentity identity;

    private int port;

    @BeforeEach
    void start() throws Exception {
        identity = TlsIdentity.create("localhost");
        AdminOptions options = new AdminOptions(
                "127.0.0.1",
                0,
                keystore(),
                Files.writeString(folder.resolve("password"), PASSWORD + "\n"),
                realm.deployer(),
                AdminToken.audienceOf(realm.trust().trustDomain()),
                AdminToken.ROLES,
                100);
        OrchestratorVerticle orchestrator = realm.deployOrchestrator(vertx);
        AdminVerticle admin = new AdminVerticle(options, orchestrator.control(), action -> Future.succeededFuture());
        await(vertx.deployVerticle(admin));
        port = admin.port();
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private Path keystore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(identity.certificate().getBytes()));
        store.setKeyEntry("admin", key(), PASSWORD.toCharArray(), new Certificate[] {certificate});
        Path file = folder.resolve("admin.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private PrivateKey key() throws Exception {
        String pem = identity.key().toString(StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    }

    private Future<Integer> ask(HttpClient client, String path, String token) {
        return client.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(request ->
                        request.putHeader("Authorization", "Bearer " + token).send())
                .map(HttpClientResponse::statusCode);
    }

    private HttpClient client(HttpClientOptions options) {
        HttpClient client = vertx.createHttpClient(options);
        clients.add(client);
        return client;
    }

    private HttpClient trusting(TlsIdentity server) {
        return client(new HttpClientOptions()
                .setSsl(true)
                .setVerifyHost(false)
                .setTrustOptions(new PemTrustOptions().addCertValue(server.certificate())));
    }

    @Test
    void tokens_areTakenOverTls() {
        HttpClient client = trusting(identity);
        assertThat(await(ask(client, "/api/v1/services", realm.adminToken("tess", "viewer"))))
                .isEqualTo(200);
        assertThat(await(ask(client, "/api/v1/services", "none"))).isEqualTo(401);
    }

    @Test
    void plainHttp_getsNoAnswer() {
        HttpClient client = client(new HttpClientOptions());
        assertThat(failure(ask(client, "/health/live", "none"))).isNotNull();
    }

    @Test
    void serverOfAnotherCertificate_isNotBelieved() throws Exception {
        HttpClient client = trusting(TlsIdentity.create("localhost"));
        assertThat(failure(ask(client, "/health/live", "none"))).hasRootCauseInstanceOf(GeneralSecurityException.class);
    }
}
