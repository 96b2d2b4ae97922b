// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import dev.latchkey.eventbus.crypto.Hkdf;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.ProviderKey;
import dev.latchkey.eventbus.token.Tickets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One provider key of an operation.
 *
 * @param epoch its number
 * @param activeFrom milliseconds since 1970: from then on, until its successor's time, tokens are made with it
 * @param secret the key
 */
public record KeyEpoch(long epoch, long activeFrom, SecretBytes secret) {
    private static final int FINGERPRINT_LENGTH = 8;

    /** A copy for a provider, which the receiver erases. */
    public ProviderKey toProviderKey(String operation) {
        return new ProviderKey(operation, epoch, SecretBytes.taking(secret.copy()));
    }

    /** A box for tickets under this key; the caller closes it. */
    public SaltedBox ticketBox() {
        return Tickets.box(secret);
    }

    /** Tells this key from others without giving it away: 16 hex digits, by HKDF (RFC 5869) of the key under labels of their own. */
    public String fingerprint() {
        byte[] salt = "latchkey/1 fingerprint_salt".getBytes(StandardCharsets.US_ASCII);
        byte[] info = "provider key".getBytes(StandardCharsets.US_ASCII);
        byte[] key = secret.copy();
        try {
            return HexFormat.of().formatHex(Hkdf.derive(key, salt, info, FINGERPRINT_LENGTH));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return "KeyEpoch[" + epoch + " from " + activeFrom + "]";
    }
}
