// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * Verifies Ed25519 signatures (RFC 8032, section 5.1). A value: two of the same encoding are equal, and none changes,
 * so it is safe for use by several threads.
 */
public final class VerifyingKey {
    private static final int SHORT_FINGERPRINT = 16;

    private final byte[] encoded;
    private final Ed25519.PublicPoint point;

    private VerifyingKey(byte[] encoded, Ed25519.PublicPoint point) {
        this.encoded = encoded;
        this.point = point;
    }

    /**
     * Reads a public key.
     *
     * @param encoded 32 bytes (RFC 8032, section 5.1.5)
     * @throws IllegalArgumentException if the length is wrong, or this is not a point of the prime-order group: under
     *     a key of low order, one signature can fit many messages
     */
    public static VerifyingKey of(byte[] encoded) {
        byte[] copy = encoded.clone();
        Ed25519.PublicPoint point = pointOf(copy);
        if (point == null) {
            throw new IllegalArgumentException("not an Ed25519 public key");
        }
        return new VerifyingKey(copy, point);
    }

    /** Returns the 32 bytes of the public key (RFC 8032, section 5.1.5). */
    public byte[] encoded() {
        return encoded.clone();
    }

    /**
     * Whether the signature is this key's for the message (RFC 8032, section 5.1.7).
     *
     * @param signature of any length and content; all but a good one are refused, and none makes this throw
     */
    public boolean verify(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, point, message, 0, message.length);
    }

    /** Returns the SHA-256 of the encoded key as 64 lower-case hex digits. */
    public String fingerprint() {
        SHA256Digest digest = new SHA256Digest();
        digest.update(encoded, 0, encoded.length);
        byte[] out = new byte[digest.getDigestSize()];
        digest.doFinal(out, 0);
        return HexFormat.of().formatHex(out);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerifyingKey that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    /** Returns the first 16 hex digits of the fingerprint. */
    @Override
    public String toString() {
        return "VerifyingKey[" + fingerprint().substring(0, SHORT_FINGERPRINT) + "]";
    }

    private static Ed25519.@Nullable PublicPoint pointOf(byte[] encoded) {
        return encoded.length == Ed25519.PUBLIC_KEY_SIZE ? Ed25519.validatePublicKeyFullExport(encoded, 0) : null;
    }
}
