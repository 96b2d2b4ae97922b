// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.orchestrator.Fuzzing;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No text confuses the verifier of service-account tokens, and neither do claims that are well signed. */
class ServiceAccountTokenFuzzTest {
    private static final ClusterIssuer EC = ClusterIssuer.ec("ec-1");
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(ClusterIssuer.NOW), ZoneOffset.UTC);

    private final ServiceAccountToken verifier = verifier();

    private static ServiceAccountToken verifier() {
        KubernetesOptions options = new KubernetesOptions(
                ClusterIssuer.ISSUER,
                ClusterIssuer.AUDIENCE,
                null,
                Map.of("shop/web", "web"),
                null,
                null,
                Duration.ofMinutes(5),
                Duration.ofHours(1));
        KeyCache keys =
                new KeyCache(() -> Future.succeededFuture(keySet()), options.cacheFor(), options.outage(), CLOCK);
        return new ServiceAccountToken(options, keys, CLOCK);
    }

    private static KeySet keySet() {
        try {
            return KeySet.read(ClusterIssuer.keySet(EC));
        } catch (CredentialException e) {
            throw new IllegalStateException(e);
        }
    }

    @FuzzTest
    void verify_anyBytes_isRefusedOrTheAccount(byte[] input) throws Exception {
        Future<Identity> unsigned = verifier.verify(new String(input, StandardCharsets.UTF_8));
        assertThat(unsigned.cause()).isInstanceOf(CredentialException.class);
        Fuzzing.checkAllocation(input, this::checkSigned);
    }

    @Test
    void verify_seedsAndMutants_areRefusedOrTheAccount() throws Exception {
        Fuzzing.checkSeeds(ServiceAccountTokenFuzzTest.class, this::verify_anyBytes_isRefusedOrTheAccount);
    }

    private void checkSigned(byte[] claims) {
        Future<Identity> identity = verifier.verify(EC.token(EC.header().encode(), claims));
        if (identity.failed()) {
            assertThat(identity.cause()).isInstanceOf(CredentialException.class);
            return;
        }
        JsonObject json = new JsonObject(Buffer.buffer(claims));
        assertThat(identity.result().service()).isEqualTo("web");
        assertThat(json.getValue("iss")).isEqualTo(ClusterIssuer.ISSUER);
        assertThat(json.getValue("sub")).isEqualTo("system:serviceaccount:shop:web");
    }
}
