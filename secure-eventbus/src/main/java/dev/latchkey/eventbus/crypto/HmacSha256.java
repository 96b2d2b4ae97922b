// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** HMAC with SHA-256 (RFC 2104, FIPS 198-1). Stateless, so safe for use by several threads. */
final class HmacSha256 {
    /** Length of a MAC in bytes. */
    static final int LENGTH = 32;

    private HmacSha256() {}

    /** Returns the 32-byte MAC of the data; an empty key counts as 64 zero bytes, as RFC 2104 pads it. */
    static byte[] of(byte[] key, byte[] data) {
        HMac mac = new HMac(SHA256Digest.newInstance());
        mac.init(new KeyParameter(key));
        mac.update(data, 0, data.length);
        byte[] out = new byte[LENGTH];
        mac.doFinal(out, 0);
        return out;
    }
}
