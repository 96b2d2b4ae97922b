// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

/** An HPKE sender whose ephemeral key is given, for the protocol's vectors only. */
public final class FixedSender {
    private FixedSender() {}

    public static HpkeSender to(byte[] publicKey, byte[] info, SecretBytes ephemeral) {
        return HpkeSender.to(publicKey, info, HpkeKeyPair.of(ephemeral));
    }
}
