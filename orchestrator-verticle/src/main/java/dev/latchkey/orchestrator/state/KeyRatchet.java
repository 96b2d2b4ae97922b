// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import dev.latchkey.eventbus.crypto.Hkdf;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.ProviderKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where the keys of a line come from: a chain that only goes forward, by HKDF-SHA256 (RFC 5869).
 *
 * <p>Whoever advances the same line, in whichever part of a cluster that was cut, makes the same key for the same epoch. Keys tell nothing
 * of the chain, and a chain tells nothing of the keys before it, so forgetting both is forward secrecy. It is not healed
 * by going on: whoever reads a chain knows all keys after it, until a {@link #random} one takes its place.
 */
final class KeyRatchet {
    static final int LENGTH = ProviderKey.LENGTH;

    private static final byte[] SALT = label("latchkey/1 ratchet_salt");
    private static final byte[] KEY = label("provider key");
    private static final byte[] CHAIN = label("chain");

    private final SecretBytes chain;

    private KeyRatchet(SecretBytes chain) {
        this.chain = chain;
    }

    /** A chain that no other one leads to. */
    static KeyRatchet random() {
        return new KeyRatchet(SecretBytes.random(LENGTH));
    }

    /** Takes this very array for its own. */
    static KeyRatchet taking(byte[] chain) {
        return new KeyRatchet(SecretBytes.taking(chain));
    }

    /** The key of this place in the chain. */
    SecretBytes key() {
        return derive(KEY);
    }

    /** The next place; this one stays as it is until it is erased. */
    KeyRatchet next() {
        return new KeyRatchet(derive(CHAIN));
    }

    /** A copy, which the caller wipes. */
    byte[] copy() {
        return chain.copy();
    }

    void erase() {
        chain.close();
    }

    private SecretBytes derive(byte[] info) {
        byte[] secret = chain.copy();
        try {
            return SecretBytes.taking(Hkdf.derive(secret, SALT, info, LENGTH));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] label(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
