// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.token.TokenGrant;

/**
 * An instance as a caller of one operation. Its messages stay in order whichever of its tokens they are under, as it renews them at any
 * time.
 */
record Caller(long instance, String operation) {

    /** Whom a token was issued to, and for what. */
    static Caller of(TokenGrant grant) {
        return new Caller(grant.id().instance(), grant.operation());
    }
}
