// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.crypto.VerifyingKey;
import dev.latchkey.eventbus.token.PublicJwk;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;

/**
 * A line that an orchestrator signed, and with it all lines above.
 *
 * <p>The signature is Ed25519 (RFC 8032, section 5.1) over {@code "latchkey/1 audit" || len16(trust domain) || trust domain || digest},
 * where the digest is that of the chain: the hash of the line before and the checkpoint's bytes before {@code ,"signature":"}.
 * Neither a JWT nor a notice begins like that.
 */
final class Checkpoint {
    private static final String SIGNATURE = "signature";
    private static final byte[] BEFORE_SIGNATURE = ",\"signature\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LABEL = "latchkey/1 audit".getBytes(StandardCharsets.US_ASCII);
    /** 64 bytes in base64url, and the quote that ends them. */
    private static final int SIGNATURE_DIGITS = 86;

    private Checkpoint() {}

    /** Signs an object that has all members but the key and the signature. */
    static AuditLine sign(JsonObject object, byte[] before, SigningKey key, String trustDomain) {
        object.put("key", PublicJwk.keyId(key.verifyingKey()));
        byte[] digest = Chain.next(before, AuditLine.open(object));
        byte[] signature = key.sign(signed(digest, trustDomain));
        object.put(SIGNATURE, Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
        return AuditLine.behind(before, object);
    }

    /** What is wrong with a checkpoint behind a line of that hash, if anything is. */
    static Optional<String> problem(AuditLine line, byte[] before, Collection<VerifyingKey> keys, String trustDomain) {
        Optional<VerifyingKey> key = keys.stream()
                .filter(one -> PublicJwk.keyId(one).equals(line.text("key")))
                .findFirst();
        if (key.isEmpty()) {
            return Optional.of("the checkpoint is signed by key '" + AuditLog.cut(line.text("key"))
                    + "', which is not trusted; if it is an older one, name it by --trust too");
        }
        return isSigned(line, before, key.get(), trustDomain)
                ? Optional.empty()
                : Optional.of("the checkpoint's signature is false");
    }

    private static boolean isSigned(AuditLine line, byte[] before, VerifyingKey key, String trustDomain) {
        byte[] body = line.body();
        int length = body.length - BEFORE_SIGNATURE.length - SIGNATURE_DIGITS - 1;
        if (length < 1
                || !Arrays.equals(
                        body, length, length + BEFORE_SIGNATURE.length, BEFORE_SIGNATURE, 0, BEFORE_SIGNATURE.length)) {
            return false;
        }
        byte[] digest = Chain.next(before, Arrays.copyOf(body, length));
        return key.verify(signed(digest, trustDomain), signature(line));
    }

    private static byte[] signature(AuditLine line) {
        try {
            return Base64.getUrlDecoder().decode(line.text(SIGNATURE));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] signed(byte[] digest, String trustDomain) {
        byte[] domain = trustDomain.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(LABEL.length + Short.BYTES + domain.length + digest.length)
                .put(LABEL)
                .putShort((short) domain.length)
                .put(domain)
                .put(digest)
                .array();
    }
}
