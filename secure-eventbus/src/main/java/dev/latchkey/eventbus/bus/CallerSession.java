// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.crypto.ClaimKey;
import dev.latchkey.eventbus.crypto.KeySchedule;
import dev.latchkey.eventbus.crypto.OperationKeys;
import dev.latchkey.eventbus.crypto.ReplySide;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.token.Validity;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.FrameWriter;
import dev.latchkey.eventbus.wire.Writable;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A token in the hands of the instance that it was issued to. */
final class CallerSession extends Session {
    /** How long a token rides along; by then the address where it can be asked for is known in the cluster. */
    static final long FRESH_MILLIS = 1_000;

    /** In how many messages it rides along after that. */
    static final int FRESH_MESSAGES = 16;

    /**
     * Every how many messages it rides along for ever. A provider that meets the token by its id only, behind a backlog of
     * the sender's, finds it in that backlog sooner than it is answered: for three bytes a message.
     */
    static final int REMINDER_INTERVAL = 256;

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final byte[] NO_TOKEN = {};

    private final GrantedClaims claims = new GrantedClaims();
    private final SealingKey requestKey;
    private final byte[] tokenId = new byte[TokenId.LENGTH];
    private final byte[] compact;
    private final ServiceToken token;

    // Of the token, for the same reason as what a session has of the grant.
    private final List<String> failover;
    private final long freshUntil;

    private CallerSession(ServiceToken token, OperationKeys keys) {
        super(token.grant(), keys, ReplySide.CALLER);
        this.token = token;
        this.failover = token.failover();
        this.freshUntil = token.grant().timestamp() + FRESH_MILLIS;
        try (SecretBytes key = keys.requestKey()) {
            this.requestKey = new SealingKey(key);
        }
        token.id().write(tokenId, 0);
        this.compact = token.compactBytes();
    }

    /**
     * Derives the token's keys from the instance's own seed.
     *
     * @throws IllegalArgumentException when the token was not made for this seed
     */
    static CallerSession derive(ServiceToken token, SecretBytes seed) {
        TokenGrant grant = token.grant();
        try (SecretBytes callSeed = KeySchedule.callSeed(seed, grant.operation(), grant.timestamp())) {
            OperationKeys keys = KeySchedule.derive(callSeed, grant.operation(), grant.timestamp());
            if (!keys.authenticates(token.proof().authenticationMac())) {
                keys.close();
                throw new IllegalArgumentException("the token was made for another seed");
            }
            return new CallerSession(token, keys);
        }
    }

    /** The token, as it was issued. */
    ServiceToken token() {
        return token;
    }

    /** The operation's backup addresses, in order of preference. */
    List<String> failover() {
        return failover;
    }

    /** True when the token has ended, without any allowance for clocks that disagree. */
    boolean isExpiredAt(long now) {
        return validityAt(now, Duration.ZERO) == Validity.EXPIRED;
    }

    /** Appends a request's frame, and says its number. */
    long seal(long sentAt, Envelope envelope, Writable content, Buffer out) {
        long sequence = requestKey.claim();
        byte[] token = carriesToken(sequence, sentAt) ? compact : NO_TOKEN;
        FrameWriter.request(requestKey, sequence, tokenId, token, sentAt, envelope, content, out);
        return sequence;
    }

    /**
     * Grants or refuses a provider's claim to take a request of this session.
     *
     * @return the proof of it, or null when the question is none of a provider's, or the session has ended
     */
    @Nullable
    Buffer answer(ClaimQuestion question) {
        try (ClaimKey key = claimKey()) {
            boolean asked = key.isQuestion(question.sequence(), question.challenge(), question.proof());
            return asked && question.sequence() < requestKey.claimed() ? answer(question, key) : null;
        } catch (IllegalStateException e) {
            return null;
        }
    }

    /** Takes a request back, so that no provider's claim to it is granted any more; false when one was. */
    boolean withdraw(long sequence) {
        byte[] challenge = new byte[ClaimKey.CHALLENGE_LENGTH];
        RANDOM.nextBytes(challenge);
        return claims.grant(sequence, challenge);
    }

    private Buffer answer(ClaimQuestion question, ClaimKey key) {
        boolean granted = claims.grant(question.sequence(), question.challenge());
        return Buffer.buffer(key.answer(question.sequence(), question.challenge(), granted));
    }

    /**
     * A fresh token rides along, so that most providers never have to ask for it. Those who meet it later, by its id only,
     * do.
     */
    private boolean carriesToken(long sequence, long now) {
        long number = sequence + 1;
        return number <= FRESH_MESSAGES || number % REMINDER_INTERVAL == 0 || now < freshUntil;
    }

    @Override
    public void close() {
        super.close();
        requestKey.close();
    }
}
