// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

/** A credential that cannot be judged, as the keys of its issuer are not known at present. */
final class KeysUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeysUnavailableException() {
        super("the keys of a credential's issuer are not known, and could not be fetched", null, false, false);
    }
}
