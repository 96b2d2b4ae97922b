// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

/**
 * What no honest instance does, and what proves whose keys, seed or credential it was done with. A replay is none of them: whoever
 * sees a message can send it again.
 */
public enum ViolationKind {
    /** A message was sealed for an address that its own token does not name. */
    OUT_OF_SCOPE(true, "a message was sealed for an address that its own token does not name"),
    /** Two different messages were sealed under one number of one key. */
    NUMBER_REUSED(true, "two messages were sealed under one number"),
    /** A message claims to stand for one of another instance. */
    FOREIGN_MESSAGE(true, "a message claims to stand for one of another instance"),
    /** A credential was shown for another service than its own. */
    WRONG_SERVICE(false, "a credential was shown for another service than its own"),
    /** The bearer of a credential declared operations that policy does not allow its service. */
    FORBIDDEN_DECLARATION(false, "a credential was shown for operations that policy does not allow"),
    /** An instance told an orchestrator what another service did. */
    FALSE_OBSERVATION(false, "an instance told of plaintext of another service");

    private final boolean seenByProviders;
    private final String text;

    ViolationKind(boolean seenByProviders, String text) {
        this.seenByProviders = seenByProviders;
        this.text = text;
    }

    /** True when a provider sees it, and tells of it; false when an orchestrator sees it itself. */
    public boolean isSeenByProviders() {
        return seenByProviders;
    }

    /** One line for people. */
    public String text() {
        return text;
    }
}
