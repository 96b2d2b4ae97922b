// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.ProviderKey;
import dev.latchkey.eventbus.token.Tickets;

/**
 * One provider key of an operation.
 *
 * @param epoch its number
 * @param activeFrom milliseconds since 1970: from then on, until its successor's time, tokens are made with it
 * @param secret the key
 */
public record KeyEpoch(long epoch, long activeFrom, SecretBytes secret) {

    static KeyEpoch fresh(long epoch, long activeFrom) {
        return new KeyEpoch(epoch, activeFrom, SecretBytes.random(ProviderKey.LENGTH));
    }

    /** A copy for a provider, which the receiver erases. */
    public ProviderKey toProviderKey(String operation) {
        return new ProviderKey(operation, epoch, SecretBytes.taking(secret.copy()));
    }

    /** A box for tickets under this key; the caller closes it. */
    public SaltedBox ticketBox() {
        return Tickets.box(secret);
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return "KeyEpoch[" + epoch + " from " + activeFrom + "]";
    }
}
