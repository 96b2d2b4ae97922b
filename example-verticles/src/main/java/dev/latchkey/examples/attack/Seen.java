// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

/**
 * What an attack brought its attacker.
 *
 * @param reason what it was told, or empty when only the victim's counters can say
 * @param got bytes that it got to read
 * @param reached whether it is known that a handler took the message; the victims' own counts are asked in any case
 */
@SuppressWarnings("ArrayRecordComponent") // Looked through, never compared.
record Seen(String reason, byte[] got, boolean reached) {
    private static final byte[] NOTHING = {};

    static Seen told(String reason) {
        return new Seen(reason, NOTHING, false);
    }

    static Seen told(String reason, byte[] got) {
        return new Seen(reason, got, false);
    }

    /** The attacker was told nothing. */
    static Seen silence() {
        return told("");
    }
}
