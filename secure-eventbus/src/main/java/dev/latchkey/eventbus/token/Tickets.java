// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import java.util.Arrays;

/** The ticket: a call seed, sealed to an operation's provider key and bound to one token. */
public final class Tickets {
    /** The purpose that separates tickets from all else that a provider key might seal. */
    private static final String PURPOSE = "ticket";

    private Tickets() {}

    /** A box for tickets under a provider key; the key stays the caller's. */
    public static SaltedBox box(SecretBytes providerKey) {
        return new SaltedBox(providerKey, PURPOSE);
    }

    static byte[] seal(TokenGrant grant, SecretBytes callSeed, SaltedBox provider) {
        byte[] seed = callSeed.copy();
        try {
            return provider.seal(grant.ticketBinding(), seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /**
     * The call seed inside a token's ticket.
     *
     * @throws OpenFailedException when the ticket was not sealed to this provider key, or belongs to another token
     */
    public static SecretBytes open(ServiceToken token, SaltedBox provider) throws OpenFailedException {
        return SecretBytes.taking(
                provider.open(token.grant().ticketBinding(), token.proof().ticket()));
    }
}
