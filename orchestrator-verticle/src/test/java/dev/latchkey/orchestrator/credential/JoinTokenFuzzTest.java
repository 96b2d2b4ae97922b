// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.orchestrator.Fuzzing;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a join token says, it works once and not for long; whatever a text is, it has a kind or is refused. */
class JoinTokenFuzzTest {
    private static final String DOMAIN = "test.example";
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_800_000_000L), ZoneOffset.UTC);

    private final SigningKey key = SigningKey.generate();
    private final JoinToken verifier =
            new JoinToken(new Deployer("deployer", List.of(key.verifyingKey())), DOMAIN, CLOCK);
    private final String header = JoinToken.issue(key, "deployer", DOMAIN, "web", CLOCK, Duration.ofMinutes(1))
            .split("\\.", -1)[1];

    @FuzzTest
    void verify_anyBytes_isRefusedOrSingleUse(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        assertThat(verifier.verify(text).cause()).isInstanceOf(CredentialException.class);
        assertThat(verifier.verify("lkj1." + text).cause()).isInstanceOf(CredentialException.class);
        checkKind(text);
        Fuzzing.checkAllocation(input, this::checkSigned);
    }

    @Test
    void verify_seedsAndMutants_areRefusedOrSingleUse() throws Exception {
        Fuzzing.checkSeeds(JoinTokenFuzzTest.class, this::verify_anyBytes_isRefusedOrSingleUse);
    }

    private static void checkKind(String text) {
        try {
            assertThat(CredentialKind.of(text)).isNotNull();
        } catch (CredentialException e) {
            assertThat(e).hasMessageNotContaining("\n");
        }
    }

    private void checkSigned(byte[] claims) {
        Future<Identity> identity = verifier.verify(signed(claims));
        if (identity.failed()) {
            assertThat(identity.cause()).isInstanceOf(CredentialException.class);
            return;
        }
        JsonObject json = new JsonObject(Buffer.buffer(claims));
        assertThat(identity.result().service()).isEqualTo(json.getValue("sub"));
        assertThat(identity.result().singleUseUntil())
                .isBefore(CLOCK.instant().plus(JoinToken.MAX_LIFETIME).plusSeconds(12));
    }

    private String signed(byte[] claims) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String input = header + "." + encoder.encodeToString(claims);
        return "lkj1." + input + "." + encoder.encodeToString(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }
}
