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
 * @param grace seconds after its end in which it may still be used while no orchestrator is reached; 0 for none
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
        List<String> failover,
        long grace) {

    /**
     * Copies the lists, and shares names with other grants.
     *
     * @throws IllegalArgumentException if the grace is negative
     */
    public TokenGrant {
        if (grace < 0) {
            throw new IllegalArgumentException("grace " + grace + " is negative; give 0 for none");
        }
        service = SharedNames.of(service);
        operation = SharedNames.of(operation);
        addresses = SharedNames.of(addresses);
        failover = SharedNames.of(failover);
    }

    /** A grant that ends for good when it ends. */
    public TokenGrant(
            TokenId id,
            String service,
            String operation,
            List<String> addresses,
            long epoch,
            long timestamp,
            long notBefore,
            long expires,
            List<String> failover) {
        this(id, service, operation, addresses, epoch, timestamp, notBefore, expires, failover, 0);
    }

    /** Where the grant stands at a time, with an allowance for clocks that disagree. */
    public Validity validityAt(long nowMillis, Duration skew) {
        return Validity.at(nowMillis, skew, notBefore * 1000, expires * 1000);
    }

    /**
     * True when the grant has ended, and its grace has not. Whether the grace counts is for an outage to say.
     *
     * @param skew as for {@link #validityAt}
     */
    public boolean isInGraceAt(long nowMillis, Duration skew) {
        return validityAt(nowMillis, skew) == Validity.EXPIRED && nowMillis - skew.toMillis() < graceEnd();
    }

    /** When it ends for good, its grace included; milliseconds since 1970. */
    public long graceEnd() {
        return (expires + grace) * 1000;
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
        if (grace > 0) {
            out.appendLong(grace);
        }
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
