// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Consumer;

/** The keys of an orchestrator and of one instance, and what is made with them. */
public final class Issuing {
    public static final String DOMAIN = "test.example";

    public final SigningKey signing = SigningKey.generate();
    public final SecretBytes seed = SecretBytes.random(32);
    public final SecretBytes providerKey = SecretBytes.random(32);

    /** A new box each time, which is the caller's to close. */
    public SaltedBox box() {
        return Tickets.box(providerKey);
    }

    public ServiceToken mint(TokenGrant grant) {
        return new TokenMint(signing, DOMAIN).mint(grant, seed, box());
    }

    public ServiceToken mint() {
        return mint(new GrantMaker().make());
    }

    public TokenReader reader() {
        return new TokenReader(List.of(signing.verifyingKey()), DOMAIN);
    }

    /** The token with changed claims, signed again by the true key. */
    public String resigned(ServiceToken token, Consumer<JsonObject> change) {
        JsonObject claims = Jwts.claims(token.compact());
        change.accept(claims);
        return new JwtSigner(signing, JwtType.SERVICE_TOKEN).sign(claims);
    }
}
