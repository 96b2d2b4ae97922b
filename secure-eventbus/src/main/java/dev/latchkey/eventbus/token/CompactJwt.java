// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A JWT in compact form (RFC 7515, section 7.1), cut and not yet verified. There is one text for one content: base64url
 * without padding or stray bits, and JSON as {@link StrictJson} takes it. Immutable.
 */
public final class CompactJwt {
    /** Characters of a JWT, at most. */
    public static final int MAX_LENGTH = 8192;

    private static final int SEGMENTS = 3;

    private final String[] segments;
    private final JsonObject header;

    private CompactJwt(String[] segments, JsonObject header) {
        this.segments = segments;
        this.header = header;
    }

    /**
     * Cuts a text.
     *
     * @throws JwtException when it is too long, has not three segments, or its header cannot be read
     */
    public static CompactJwt parse(String text) throws JwtException {
        if (text.length() > MAX_LENGTH) {
            throw new JwtException("longer than " + MAX_LENGTH + " characters");
        }
        String[] segments = text.split("\\.", -1);
        if (segments.length != SEGMENTS) {
            throw new JwtException("not three segments");
        }
        return new CompactJwt(segments, json(segments[0], "header"));
    }

    /** The header. Whoever wrote it may be anybody. */
    public JsonObject header() {
        return header.copy();
    }

    /**
     * The claims, which are worth something only when the signature is.
     *
     * @throws JwtException when they cannot be read
     */
    public JsonObject claims() throws JwtException {
        return json(segments[1], "payload");
    }

    /** What is signed. It is different for any two tokens, so its hash names one. */
    public byte[] signingInput() {
        return (segments[0] + "." + segments[1]).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The signature's bytes.
     *
     * @throws JwtException when they cannot be read
     */
    public byte[] signature() throws JwtException {
        return bytes(segments[2], "signature");
    }

    private static JsonObject json(String segment, String part) throws JwtException {
        byte[] bytes = bytes(segment, part);
        try {
            return StrictJson.object(bytes);
        } catch (JwtException e) {
            throw new JwtException("the " + part + " cannot be read: " + e.getMessage());
        }
    }

    private static byte[] bytes(String segment, String part) throws JwtException {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(segment);
        } catch (IllegalArgumentException e) {
            throw new JwtException("the " + part + " cannot be read: it is not base64url");
        }
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(segment)) {
            throw new JwtException("the " + part + " cannot be read: its base64url has another form");
        }
        return bytes;
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "CompactJwt";
    }
}
