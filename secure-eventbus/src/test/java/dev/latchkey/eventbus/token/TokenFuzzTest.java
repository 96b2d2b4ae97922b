// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.eventbus.Fuzzing;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** No text confuses the reader of tokens, and neither do claims that are well signed. */
class TokenFuzzTest {
    private final Issuing issuing = new Issuing();
    private final TokenReader reader = issuing.reader();
    private final String header = Jwts.segment(issuing.mint().compact(), 0);

    @FuzzTest
    void read_anyBytes_isRefusedOrWrittenBackEqual(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        assertThatExceptionOfType(JwtException.class).isThrownBy(() -> reader.read(text));
        assertThatExceptionOfType(JwtException.class)
                .isThrownBy(() -> reader.read(Jwts.encode(input) + "." + header + "."));
        Fuzzing.checkAllocation(input, this::readSigned);
    }

    @Test
    void read_seedsAndMutants_areRefusedOrWrittenBackEqual() throws Exception {
        Fuzzing.checkSeeds(TokenFuzzTest.class, this::read_anyBytes_isRefusedOrWrittenBackEqual);
    }

    private void readSigned(byte[] claims) {
        ServiceToken token;
        try {
            token = reader.read(signed(claims));
        } catch (JwtException e) {
            return;
        }
        JsonObject written = TokenClaims.write(token.grant(), token.proof(), Issuing.DOMAIN);
        assertThat(TokenClaims.grant(written)).isEqualTo(token.grant());
        assertThat(TokenClaims.proof(written)).usingRecursiveComparison().isEqualTo(token.proof());
    }

    private String signed(byte[] claims) {
        String input = header + "." + Jwts.encode(claims);
        return input + "." + Jwts.encode(issuing.signing.sign(Jwts.ascii(input)));
    }
}
