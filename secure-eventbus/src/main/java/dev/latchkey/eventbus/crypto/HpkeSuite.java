// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

/**
 * The one HPKE suite of Latchkey: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM (RFC 9180,
 * appendix A.1). There is no choice, so there is nothing to downgrade.
 */
final class HpkeSuite {
    /** Length of keys and of the encapsulated key in bytes (RFC 9180, section 7.1). */
    static final int KEY_LENGTH = 32;

    private HpkeSuite() {}

    static HPKE base() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM128);
    }

    static AsymmetricCipherKeyPair keyPair(byte[] privateKey) {
        X25519PrivateKeyParameters key = new X25519PrivateKeyParameters(privateKey);
        return new AsymmetricCipherKeyPair(key.generatePublicKey(), key);
    }

    static X25519PublicKeyParameters publicKey(byte[] encoded) {
        return new X25519PublicKeyParameters(encoded);
    }
}
