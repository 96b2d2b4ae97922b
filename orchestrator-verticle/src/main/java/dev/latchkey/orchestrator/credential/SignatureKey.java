// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * A public key that a cluster signs with, and the one algorithm that it is good for (RFC 8725, section 3.1): RS256 for RSA keys,
 * ES256 for keys of P-256 (RFC 7518, section 3.1). A token has no say in it. Immutable, thread-safe.
 */
final class SignatureKey {
    private static final String RSA = "RS256";
    private static final String EC = "ES256";

    /** RFC 7518, section 3.3; above the upper bound, checking a signature costs too much. */
    private static final int MIN_RSA_BITS = 2048;

    private static final int MAX_RSA_BITS = 8192;
    private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(3);
    private static final BigInteger MAX_EXPONENT = BigInteger.valueOf(0xFFFF_FFFFL);
    private static final int COORDINATE_LENGTH = 32;
    private static final int MAX_TEXT = 2048;
    private static final ECParameterSpec P256 = p256();

    private final String algorithm;
    private final String jcaName;
    private final PublicKey key;

    private SignatureKey(String algorithm, String jcaName, PublicKey key) {
        this.algorithm = algorithm;
        this.jcaName = jcaName;
        this.key = key;
    }

    /** The value of {@code alg} that tokens of this key must have. */
    String algorithm() {
        return algorithm;
    }

    /**
     * Reads a key (RFC 7518, section 6).
     *
     * @throws CredentialException for a key that is no sound one of RS256 or ES256
     */
    static SignatureKey of(JsonObject jwk) throws CredentialException {
        try {
            return "RSA".equals(jwk.getValue("kty")) ? rsa(jwk) : ec(jwk);
        } catch (GeneralSecurityException e) {
            throw new CredentialException("a key of the key set cannot be used");
        }
    }

    private static SignatureKey rsa(JsonObject jwk) throws CredentialException, GeneralSecurityException {
        BigInteger modulus = number(jwk, "n");
        BigInteger exponent = number(jwk, "e");
        ClaimRules.require(
                modulus.bitLength() >= MIN_RSA_BITS && modulus.bitLength() <= MAX_RSA_BITS && modulus.testBit(0),
                "an RSA key of the key set has not 2048 to 8192 bits");
        ClaimRules.require(
                exponent.testBit(0) && exponent.compareTo(MIN_EXPONENT) >= 0 && exponent.compareTo(MAX_EXPONENT) <= 0,
                "an RSA key of the key set has an exponent that is not sound");
        PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        return new SignatureKey(RSA, "SHA256withRSA", key);
    }

    private static SignatureKey ec(JsonObject jwk) throws CredentialException, GeneralSecurityException {
        ClaimRules.require(
                "EC".equals(jwk.getValue("kty")) && "P-256".equals(jwk.getValue("crv")),
                "a key of the key set is neither RSA nor EC of P-256");
        ECPoint point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
        ClaimRules.require(isOnCurve(point), "an EC key of the key set is no point of P-256");
        PublicKey key = KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, P256));
        return new SignatureKey(EC, "SHA256withECDSAinP1363Format", key);
    }

    /** Whether the signature is this key's for the message. No signature makes this throw. */
    boolean verify(byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance(jcaName);
            check.initVerify(key);
            check.update(message);
            return isSound(signature) && check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Some versions of the JDK took a signature of zeros for anybody's (CVE-2022-21449). */
    private boolean isSound(byte[] signature) {
        if (!algorithm.equals(EC)) {
            return true;
        }
        return signature.length == 2 * COORDINATE_LENGTH
                && isScalar(Arrays.copyOf(signature, COORDINATE_LENGTH))
                && isScalar(Arrays.copyOfRange(signature, COORDINATE_LENGTH, signature.length));
    }

    private static boolean isScalar(byte[] bytes) {
        BigInteger scalar = new BigInteger(1, bytes);
        return scalar.signum() > 0 && scalar.compareTo(P256.getOrder()) < 0;
    }

    /** RFC 8725, section 3.4; SEC 1, section 3.2.2.1. The curve has no point of low order, so no more is to be checked. */
    private static boolean isOnCurve(ECPoint point) {
        EllipticCurve curve = P256.getCurve();
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger right = x.pow(2).add(curve.getA()).multiply(x).add(curve.getB());
        return x.compareTo(p) < 0
                && y.compareTo(p) < 0
                && y.pow(2).subtract(right).mod(p).signum() == 0;
    }

    private static BigInteger number(JsonObject jwk, String name) throws CredentialException {
        String text = ClaimRules.text(jwk, name);
        ClaimRules.require(text.length() <= MAX_TEXT, "a key of the key set is too long");
        try {
            return new BigInteger(1, Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new CredentialException("a key of the key set is not base64url");
        }
    }

    private static ECParameterSpec p256() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }
}
