// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.token.TokenMint;
import dev.latchkey.eventbus.token.TokenReader;
import java.util.List;

/** Makes callers with tokens, as an orchestrator would. */
final class Issuer implements AutoCloseable {
    private static final String TRUST_DOMAIN = "bench.example";
    private static final long LIFETIME_SECONDS = 3600;
    private static final long MILLIS = 1000;

    /** Tokens are older than this: a younger one rides along in every message. */
    private static final long FRESH_MILLIS = 10_000;

    private final SigningKey signing = SigningKey.generate();
    private final TokenMint mint = new TokenMint(signing, TRUST_DOMAIN);
    private final SecretBytes seed = SecretBytes.random(Registration.SEED_LENGTH);
    private final long now;

    /**
     * An issuer of tokens for an hour.
     *
     * @param now milliseconds since 1970
     */
    Issuer(long now) {
        this.now = now;
    }

    TokenReader reader() {
        return new TokenReader(List.of(signing.verifyingKey()), TRUST_DOMAIN);
    }

    /**
     * A token of a caller.
     *
     * @param caller its number, from 1
     * @param operation the number of the operation that it invokes
     * @param provider that operation's provider key
     */
    ServiceToken token(long caller, int operation, SaltedBox provider) {
        long seconds = now / MILLIS;
        // Callers have one seed in common here: their keys differ by their timestamps, as those of renewals do.
        TokenGrant grant = new TokenGrant(
                new TokenId(caller, 1),
                "caller",
                Receiver.operationName(operation),
                List.of(Receiver.address(operation)),
                1,
                now - FRESH_MILLIS - caller,
                seconds,
                seconds + LIFETIME_SECONDS,
                List.of());
        return mint.mint(grant, seed, provider);
    }

    CallerSession caller(ServiceToken token) {
        return CallerSession.derive(token, seed);
    }

    @Override
    public void close() {
        signing.close();
        seed.close();
    }
}
