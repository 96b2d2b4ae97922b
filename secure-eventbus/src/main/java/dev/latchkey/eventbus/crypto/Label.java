// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.nio.charset.StandardCharsets;

/**
 * The salts and infos that keep Latchkey's keys apart. They are part of the protocol: to change one is to change
 * every key derived with it.
 */
final class Label {
    private Label() {}

    static byte[] callSalt() {
        return bytes("latchkey/1 call_salt");
    }

    static byte[] callSeed() {
        return bytes("call-seed");
    }

    static byte[] authenticationSalt() {
        return bytes("latchkey/1 auth_salt");
    }

    static byte[] authenticationKey() {
        return bytes("authentication_key");
    }

    static byte[] authorisationSalt() {
        return bytes("latchkey/1 authz_salt");
    }

    static byte[] authorisationKey() {
        return bytes("authorization_key");
    }

    static byte[] encryptionSalt() {
        return bytes("latchkey/1 enc_salt");
    }

    static byte[] encryptionKey() {
        return bytes("encryption_key");
    }

    static byte[] request() {
        return bytes("latchkey/1 request");
    }

    static byte[] claim() {
        return bytes("latchkey/1 claim");
    }

    static byte[] box(String purpose) {
        return bytes("latchkey/1 box " + purpose);
    }

    static byte[] bytes(String label) {
        return label.getBytes(StandardCharsets.UTF_8);
    }
}
