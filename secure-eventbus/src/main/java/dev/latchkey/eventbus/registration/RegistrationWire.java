// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import java.nio.charset.StandardCharsets;

/**
 * What both ends of a registration agree on.
 *
 * <p>A question is {@code version (1) || encapsulated key (32) || ciphertext}, sealed by HPKE (RFC 9180, base mode) to the
 * orchestrators' public key with the trust domain in {@code info}. Its answer is sealed under a secret exported from the
 * same HPKE context (RFC 9180, section 9.8) with a fresh random salt, so that two orchestrators that get the same question
 * do not share a key, and is bound to the question's encapsulated key.
 */
public final class RegistrationWire {
    /** The event-bus address that orchestrators listen on. */
    public static final String ADDRESS = "latchkey.orchestrator";

    /** A question longer than this is refused unread. */
    public static final int MAX_LENGTH = 16 * 1024;

    static final byte VERSION = 1;
    static final int KEY_OFFSET = 1;
    static final int KEY_LENGTH = 32;
    static final int SEALED_OFFSET = KEY_OFFSET + KEY_LENGTH;
    static final int EXPORT_LENGTH = 32;
    static final String ANSWER_PURPOSE = "registration answer";

    private RegistrationWire() {}

    static byte[] info(String trustDomain) {
        return ("latchkey/1 registration " + trustDomain).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] exportContext() {
        return "latchkey/1 registration answer".getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] associatedData() {
        return new byte[] {VERSION};
    }
}
