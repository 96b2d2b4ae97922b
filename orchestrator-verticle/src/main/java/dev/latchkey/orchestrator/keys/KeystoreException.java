// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

/** A keystore that cannot be used. The text names the file, the problem and the fix, in one line. */
public final class KeystoreException extends RuntimeException {
    KeystoreException(String text, Throwable cause) {
        super(text, cause);
    }

    KeystoreException(String text) {
        super(text);
    }
}
