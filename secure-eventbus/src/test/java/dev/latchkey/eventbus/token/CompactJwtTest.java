// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.crypto.SigningKey;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** A JWT taken apart. */
class CompactJwtTest {
    private final String text =
            new JwtSigner(SigningKey.generate(), JwtType.SERVICE_TOKEN).sign(new JsonObject().put("op", "paint"));

    @Test
    void parts_ofAText_areItsOwn() throws JwtException {
        CompactJwt jwt = CompactJwt.parse(text);
        int signature = text.lastIndexOf('.');
        assertThat(new String(jwt.signingInput(), StandardCharsets.US_ASCII)).isEqualTo(text.substring(0, signature));
        assertThat(jwt.signature()).hasSize(64).isEqualTo(Base64.getUrlDecoder().decode(text.substring(signature + 1)));
        assertThat(jwt.claims()).isEqualTo(new JsonObject().put("op", "paint"));
    }

    @Test
    void toString_anyJwt_showsNothingOfIt() throws JwtException {
        assertThat(CompactJwt.parse(text)).hasToString("CompactJwt");
    }
}
