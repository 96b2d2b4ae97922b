// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * What an orchestrator certifies: this instance of this service may invoke this operation, between these times.
 *
 * <p>A token holds no secret and may be shown to anyone. It is useless without the caller's seed, from which the caller,
 * or without the provider key, with which the provider (through the ticket), derives the keys that open its messages.
 */
public final class ServiceToken {
    private final TokenGrant grant;
    private final TokenProof proof;
    private final String compact;

    ServiceToken(TokenGrant grant, TokenProof proof, String compact) {
        this.grant = grant;
        this.proof = proof;
        this.compact = compact;
    }

    /** The token's name on the wire. */
    public TokenId id() {
        return grant.id();
    }

    /** What it allows, to whom, and when. */
    public TokenGrant grant() {
        return grant;
    }

    /** The ticket and the two codes that a provider checks. */
    public TokenProof proof() {
        return proof;
    }

    /** The signed text, a JWT in compact form (RFC 7519). */
    public String compact() {
        return compact;
    }

    /** The signed text's bytes, as they ride along in a frame. */
    public byte[] compactBytes() {
        return compact.getBytes(StandardCharsets.US_ASCII);
    }

    /** Where the token stands at a time, with an allowance for clocks that disagree. */
    public Validity validityAt(long nowMillis, Duration skew) {
        return grant.validityAt(nowMillis, skew);
    }

    /** Backup addresses of the operation, in order of preference. */
    public List<String> failover() {
        return grant.failover();
    }

    /** Names the token, nothing more. */
    @Override
    public String toString() {
        return "ServiceToken[" + grant.id() + " " + grant.service() + " -> " + grant.operation() + "]";
    }
}
