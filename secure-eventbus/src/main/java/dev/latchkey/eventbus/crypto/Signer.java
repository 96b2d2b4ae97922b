// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

/** Signs with an Ed25519 key that is somewhere else, such as in a hardware token. Safe for use by several threads. */
public interface Signer extends AutoCloseable {
    /**
     * The 64-byte signature of a message (RFC 8032, section 5.1.6, Ed25519 without a context). May block for as long as the device takes.
     *
     * @throws IllegalStateException when it cannot sign now, or was closed; the text holds nothing secret
     */
    byte[] sign(byte[] message);

    /** Gives up the key. Never throws; closing again does nothing. */
    @Override
    void close();
}
