// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import dev.latchkey.eventbus.token.JwtException;
import dev.latchkey.eventbus.token.StrictJson;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One line: a JSON object whose last member is its hash. What is hashed are the bytes before {@code ,"hash":"}, so nobody has to
 * write JSON in the same way to check it.
 *
 * @param body the bytes before the hash
 * @param hash the hash that stands in the line
 * @param json the whole object
 */
record AuditLine(byte[] body, byte[] hash, JsonObject json) {
    /** Longest line, without its end. */
    static final int MAX_LENGTH = 64 << 10;

    private static final byte[] HASH = ",\"hash\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int HASH_DIGITS = 2 * Chain.HASH_LENGTH;
    private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);
    private static final int SUFFIX = HASH.length + HASH_DIGITS + END.length;

    /** The line of an object behind a line of that hash. */
    static AuditLine behind(byte[] before, JsonObject object) {
        byte[] body = open(object);
        return new AuditLine(body, Chain.next(before, body), object);
    }

    /** The object's text without its last brace. */
    static byte[] open(JsonObject object) {
        byte[] text = object.encode().getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(text, text.length - 1);
    }

    /** The bytes of the line, with its end. */
    byte[] bytes() {
        byte[] bytes = Arrays.copyOf(body, body.length + SUFFIX + 1);
        System.arraycopy(HASH, 0, bytes, body.length, HASH.length);
        byte[] digits = HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, bytes, body.length + HASH.length, HASH_DIGITS);
        System.arraycopy(END, 0, bytes, bytes.length - 1 - END.length, END.length);
        bytes[bytes.length - 1] = '\n';
        return bytes;
    }

    /**
     * Reads a line.
     *
     * @param bytes without its end
     * @throws AuditFormatException when it is none
     */
    static AuditLine parse(byte[] bytes) throws AuditFormatException {
        int body = bytes.length - SUFFIX;
        if (body < 1 || !stands(bytes, HASH, body) || !stands(bytes, END, bytes.length - END.length)) {
            throw new AuditFormatException("the line does not end with its hash");
        }
        return new AuditLine(Arrays.copyOf(bytes, body), hash(bytes, body + HASH.length), json(bytes));
    }

    private static boolean stands(byte[] bytes, byte[] what, int at) {
        return Arrays.equals(bytes, at, at + what.length, what, 0, what.length);
    }

    private static byte[] hash(byte[] bytes, int from) throws AuditFormatException {
        String digits = new String(bytes, from, HASH_DIGITS, StandardCharsets.US_ASCII);
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new AuditFormatException("the line's hash is not 64 lower-case hex digits");
        }
        return HexFormat.of().parseHex(digits);
    }

    private static JsonObject json(byte[] bytes) throws AuditFormatException {
        try {
            return StrictJson.object(bytes);
        } catch (JwtException e) {
            throw new AuditFormatException("the line is no JSON object in UTF-8");
        }
    }

    /** Whether its hash is what stands behind a line of that hash. */
    boolean follows(byte[] before) {
        return Arrays.equals(hash, Chain.next(before, body));
    }

    long sequence() {
        return json.getValue("seq") instanceof Number number ? number.longValue() : -1;
    }

    boolean is(AuditEvent event) {
        return event.name().equals(json.getValue("event"));
    }

    /** A member that is a text, or an empty one. */
    String text(String member) {
        return json.getValue(member) instanceof String text ? text : "";
    }

    /** A member that is a whole number, or another. */
    long number(String member, long otherwise) {
        return json.getValue(member) instanceof Number number ? number.longValue() : otherwise;
    }
}
