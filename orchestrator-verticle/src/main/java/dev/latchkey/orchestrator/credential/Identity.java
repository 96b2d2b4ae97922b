// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a credential proved.
 *
 * @param service the service that its bearer is
 * @param credentialId names the credential, always the same, and gives nothing of it away: 32 hex digits, see {@link #idOf}
 * @param singleUseUntil when the credential ends that may be used once; null for one that may be used many times
 * @param bearerId names who bears it, of the same form: the same for credentials that follow each other, where the issuer names the
 *     bearer apart from them; else the credential's id. It is what a quarantine bars
 */
public record Identity(
        String service, String credentialId, @Nullable Instant singleUseUntil, String bearerId) {
    private static final int ID_BYTES = 16;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{" + 2 * ID_BYTES + "}");

    /** Refuses an id of another form: it might be the credential. */
    public Identity {
        requireId("credentialId", credentialId);
        requireId("bearerId", bearerId);
    }

    /** Of a bearer that is known by the credential alone. */
    public Identity(String service, String credentialId, @Nullable Instant singleUseUntil) {
        this(service, credentialId, singleUseUntil, credentialId);
    }

    private static void requireId(String name, String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(name + " is not 32 hex digits; make it by Identity.idOf");
        }
    }

    /** The same credential, of a bearer whom its issuer names. */
    public Identity ofBearer(String id) {
        return new Identity(service, credentialId, singleUseUntil, id);
    }

    /** Of a credential that may be used many times. */
    public static Identity of(String service, String credentialId) {
        return new Identity(service, credentialId, null);
    }

    /** Of a credential that may be used once, and not at all from a time on. */
    public static Identity singleUse(String service, String credentialId, Instant end) {
        return new Identity(service, credentialId, end);
    }

    /**
     * The id of a credential: the first half of a SHA-256.
     *
     * @param distinctive what the credential has and no other, such as all that is signed in it
     */
    public static String idOf(byte[] distinctive) {
        byte[] hash = sha256().digest(distinctive);
        return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    }

    /** As of these bytes in UTF-8. */
    public static String idOf(String distinctive) {
        return idOf(distinctive.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
