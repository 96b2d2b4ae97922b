// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import dev.latchkey.eventbus.crypto.SecretBytes;

/**
 * What opens the directory of one operation, for those that may invoke it. Its epochs are those of the operation's provider keys.
 *
 * @param operation the operation's name
 * @param epoch the key's number
 * @param secret the key; whoever holds the record erases it
 */
public record DirectoryKey(String operation, long epoch, SecretBytes secret) {
    /** Bytes of a directory key. */
    public static final int LENGTH = 32;

    /** Never shows the key. */
    @Override
    public String toString() {
        return "DirectoryKey[" + operation + ", epoch " + epoch + "]";
    }
}
