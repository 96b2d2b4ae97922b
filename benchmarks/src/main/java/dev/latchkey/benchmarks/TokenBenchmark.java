// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks;

import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.registration.ProviderKey;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.token.JwtException;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.token.Tickets;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.token.TokenMint;
import dev.latchkey.eventbus.token.TokenReader;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a Service Token costs an orchestrator to make, and a provider to read the one time that it must. */
@State(Scope.Thread)
public class TokenBenchmark {
    private final TokenGrant grant = Grants.grant();
    private final SecretBytes seed = SecretBytes.random(Registration.SEED_LENGTH);
    private final SigningKey signingKey = SigningKey.generate();
    private final TokenMint mint = new TokenMint(signingKey, Grants.TRUST_DOMAIN);
    private final SaltedBox ticketBox = ticketBox();
    private final TokenReader reader = new TokenReader(List.of(signingKey.verifyingKey()), Grants.TRUST_DOMAIN);
    private final ServiceToken token = mint.mint(grant, seed, ticketBox);
    private final String compact = token.compact();

    private static SaltedBox ticketBox() {
        try (SecretBytes providerKey = SecretBytes.random(ProviderKey.LENGTH)) {
            return Tickets.box(providerKey);
        }
    }

    /** Erases the keys and ends Vert.x. */
    @TearDown
    public void tearDown() {
        ticketBox.close();
        signingKey.close();
        seed.close();
    }

    /** Derive, prove, seal the ticket, sign. */
    @Benchmark
    public ServiceToken mint() {
        return mint.mint(grant, seed, ticketBox);
    }

    /** Verify the signature, parse the claims. */
    @Benchmark
    public ServiceToken read() throws JwtException {
        return reader.read(compact);
    }

    /** The call seed out of the ticket. */
    @Benchmark
    public SecretBytes openTicket() throws OpenFailedException {
        return Tickets.open(token, ticketBox);
    }
}
