// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.orchestrator.Fuzzing;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No text confuses the verifier of credentials, and neither do claims that are well signed. */
class DeployerJwtFuzzTest {
    private static final String DOMAIN = "test.example";
    private static final long NOW = 1_800_000_000L;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
    private static final BigDecimal SKEW = BigDecimal.valueOf(6);

    private final SigningKey key = SigningKey.generate();
    private final DeployerJwt verifier =
            new DeployerJwt(new Deployer("deployer", List.of(key.verifyingKey())), DOMAIN, CLOCK);
    private final String header = DeployerJwt.issue(key, "deployer", DOMAIN, "web", CLOCK, Duration.ofHours(1))
            .split("\\.", -1)[0];

    @FuzzTest
    void verify_anyBytes_isRefusedOrTimely(byte[] input) throws Exception {
        Future<Identity> unsigned = verifier.verify(new String(input, StandardCharsets.UTF_8));
        assertThat(unsigned.cause()).isInstanceOf(CredentialException.class);
        Fuzzing.checkAllocation(input, this::checkSigned);
    }

    @Test
    void verify_seedsAndMutants_areRefusedOrTimely() throws Exception {
        Fuzzing.checkSeeds(DeployerJwtFuzzTest.class, this::verify_anyBytes_isRefusedOrTimely);
    }

    private void checkSigned(byte[] claims) {
        Future<Identity> identity = verifier.verify(signed(claims));
        if (identity.failed()) {
            assertThat(identity.cause()).isInstanceOf(CredentialException.class);
            return;
        }
        JsonObject json = new JsonObject(Buffer.buffer(claims));
        assertThat(identity.result().service()).isEqualTo(json.getValue("sub"));
        BigDecimal now = BigDecimal.valueOf(NOW);
        assertThat(seconds(json, "nbf")).isLessThan(now.add(SKEW));
        assertThat(seconds(json, "exp")).isGreaterThan(now.subtract(SKEW));
    }

    private static BigDecimal seconds(JsonObject json, String name) {
        return new BigDecimal(json.getNumber(name).toString());
    }

    private String signed(byte[] claims) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String input = header + "." + encoder.encodeToString(claims);
        return input + "." + encoder.encodeToString(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }
}
