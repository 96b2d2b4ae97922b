// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.token.JoinTokenText;

/**
 * The join token that a member has registered by. It works once, so an instance whose lease has ended needs another: asking
 * with the old one would only be refused, in words that do not say why.
 */
final class UsedJoinToken {
    private volatile String used = "";

    void note(String credential) {
        used = JoinTokenText.isOne(credential) ? credential : "";
    }

    boolean is(String credential) {
        return JoinTokenText.isOne(credential) && credential.equals(used);
    }

    static DeniedException refusal() {
        return new DeniedException(
                DenialReason.BAD_CREDENTIAL,
                "this instance has used its join token, which works once; give it another, by 'latchkey join-token issue'");
    }
}
