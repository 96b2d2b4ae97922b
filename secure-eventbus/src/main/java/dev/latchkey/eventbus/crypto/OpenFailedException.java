// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.security.GeneralSecurityException;

/**
 * Sealed bytes did not open. There is one text for every reason, no cause and no stack trace: whoever sent the bytes
 * must learn nothing from how they failed, and a flood of them must cost little.
 */
public final class OpenFailedException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception; all of them are alike. */
    public OpenFailedException() {
        super("opening failed");
    }

    /** Does nothing: a stack walk is the costly part of an exception, and an attacker could ask for many. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
