// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * What a token allows.
 *
 * @param id the token's name on the wire
 * @param service the service that the instance proved to be
 * @param operation the operation that it may invoke
 * @param addresses the operation's address patterns, in their text form
 * @param epoch the number of the provider key that seals the ticket
 * @param timestamp milliseconds since 1970, the time that the keys are derived from
 * @param notBefore seconds since 1970, inclusive
 * @param expires seconds since 1970, exclusive
 * @param failover backup addresses in order of preference
 */
public record TokenGrant(
        TokenId id,
        String service,
        String operation,
        List<String> addresses,
        long epoch,
        long timestamp,
        long notBefore,
        long expires,
        List<String> failover) {

    /** Copies the lists. */
    public TokenGrant {
        addresses = List.copyOf(addresses);
        failover = List.copyOf(failover);
    }

    /** Where the grant stands at a time, with an allowance for clocks that disagree. */
    public Validity validityAt(long nowMillis, Duration skew) {
        if (nowMillis + skew.toMillis() < notBefore * 1000) {
            return Validity.NOT_YET;
        }
        return nowMillis - skew.toMillis() < expires * 1000 ? Validity.VALID : Validity.EXPIRED;
    }

    /**
     * The grant as unambiguous bytes, the input of the scope MAC: each text and each list carries its length, so no two
     * grants share an encoding.
     */
    public byte[] canonicalScope() {
        Buffer out = Buffer.buffer();
        out.appendLong(id.instance()).appendLong(id.serial());
        out.appendLong(epoch).appendLong(timestamp).appendLong(notBefore).appendLong(expires);
        appendText(out, service);
        appendText(out, operation);
        appendList(out, addresses);
        appendList(out, failover);
        return out.getBytes();
    }

    /** The bytes that a ticket is bound to, so that it opens in this token only. */
    public byte[] ticketBinding() {
        Buffer out = Buffer.buffer();
        out.appendLong(id.instance()).appendLong(id.serial()).appendLong(epoch).appendLong(timestamp);
        appendText(out, operation);
        return out.getBytes();
    }

    private static void appendList(Buffer out, List<String> texts) {
        out.appendInt(texts.size());
        texts.forEach(text -> appendText(out, text));
    }

    private static void appendText(Buffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.appendInt(bytes.length).appendBytes(bytes);
    }
}
