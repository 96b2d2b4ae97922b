// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** Signs tokens as a Kubernetes cluster does, and others that no cluster would. */
public final class ClusterIssuer {
    static final String ISSUER = "https://cluster.example";
    static final String AUDIENCE = "latchkey";
    static final long NOW = 1_800_000_000L;
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final String id;
    private final KeyPair keys;
    private final boolean rsa;

    private ClusterIssuer(String id, KeyPair keys, boolean rsa) {
        this.id = id;
        this.keys = keys;
        this.rsa = rsa;
    }

    public static ClusterIssuer rsa(String id, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return new ClusterIssuer(id, generator.generateKeyPair(), true);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static ClusterIssuer ec(String id) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new ClusterIssuer(id, generator.generateKeyPair(), false);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonObject jwk() {
        return rsa ? rsaJwk((RSAPublicKey) keys.getPublic()) : ecJwk((ECPublicKey) keys.getPublic());
    }

    private JsonObject rsaJwk(RSAPublicKey key) {
        return new JsonObject()
                .put("use", "sig")
                .put("kty", "RSA")
                .put("kid", id)
                .put("alg", "RS256")
                .put("n", unsigned(key.getModulus(), (key.getModulus().bitLength() + 7) / 8))
                .put("e", unsigned(key.getPublicExponent(), 3));
    }

    private JsonObject ecJwk(ECPublicKey key) {
        return new JsonObject()
                .put("use", "sig")
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("kid", id)
                .put("alg", "ES256")
                .put("x", unsigned(key.getW().getAffineX(), 32))
                .put("y", unsigned(key.getW().getAffineY(), 32));
    }

    private static String unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[length];
        int used = Math.min(length, bytes.length);
        System.arraycopy(bytes, bytes.length - used, padded, length - used, used);
        return BASE64URL.encodeToString(padded);
    }

    /** The public key as text, by which HS256 would be confused. */
    byte[] publicBytes() {
        return keys.getPublic().getEncoded();
    }

    public static byte[] keySet(ClusterIssuer... issuers) {
        JsonArray jwks = new JsonArray();
        Arrays.stream(issuers).forEach(issuer -> jwks.add(issuer.jwk()));
        return new JsonObject().put("keys", jwks).toBuffer().getBytes();
    }

    public JsonObject header() {
        return new JsonObject().put("alg", rsa ? "RS256" : "ES256").put("kid", id);
    }

    public static JsonObject claims() {
        return new JsonObject()
                .put("aud", new JsonArray().add(AUDIENCE))
                .put("exp", NOW + 3600)
                .put("iat", NOW)
                .put("nbf", NOW)
                .put("iss", ISSUER)
                .put("sub", "system:serviceaccount:shop:web")
                .put(
                        "kubernetes.io",
                        new JsonObject()
                                .put("namespace", "shop")
                                .put("pod", named("web-7d9c"))
                                .put("serviceaccount", named("web")));
    }

    private static JsonObject named(String name) {
        return new JsonObject().put("name", name).put("uid", "0a1b");
    }

    String token() {
        return token(header(), claims());
    }

    public String token(JsonObject header, JsonObject claims) {
        return token(header.encode(), claims.encode().getBytes(StandardCharsets.UTF_8));
    }

    String token(String header, byte[] claims) {
        String input = input(header, claims);
        return input + "." + BASE64URL.encodeToString(sign(input));
    }

    static String input(String header, byte[] claims) {
        return BASE64URL.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + BASE64URL.encodeToString(claims);
    }

    private byte[] sign(String input) {
        try {
            Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
