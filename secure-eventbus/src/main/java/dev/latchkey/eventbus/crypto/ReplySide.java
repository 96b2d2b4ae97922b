// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

/** Who seals a reply. Each side has its own reply keys, so a reply cannot be turned back on the one who sent it. */
public enum ReplySide {
    /** The caller, when it answers a provider's reply. */
    CALLER("latchkey/1 reply from caller"),

    /** The provider of the operation. */
    PROVIDER("latchkey/1 reply from provider");

    private final String label;

    ReplySide(String label) {
        this.label = label;
    }

    byte[] info() {
        return Label.bytes(label);
    }
}
