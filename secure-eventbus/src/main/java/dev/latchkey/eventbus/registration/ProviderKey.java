// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import dev.latchkey.eventbus.crypto.SecretBytes;

/**
 * One provider key, as an orchestrator hands it to a provider.
 *
 * @param operation the operation that it belongs to
 * @param epoch its number
 * @param secret the key; whoever holds the record erases it
 */
public record ProviderKey(String operation, long epoch, SecretBytes secret) {
    /** Bytes of a provider key. */
    public static final int LENGTH = 32;

    /** Never shows the key. */
    @Override
    public String toString() {
        return "ProviderKey[" + operation + ", epoch " + epoch + "]";
    }
}
