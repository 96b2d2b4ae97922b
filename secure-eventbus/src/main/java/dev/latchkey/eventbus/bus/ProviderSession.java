// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.crypto.ClaimKey;
import dev.latchkey.eventbus.crypto.KeySchedule;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.OpeningKey;
import dev.latchkey.eventbus.crypto.OperationKeys;
import dev.latchkey.eventbus.crypto.ReplySide;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.token.Tickets;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import dev.latchkey.eventbus.wire.Plaintext;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A caller's token in the hands of a provider that checked it. */
final class ProviderSession extends Session {
    private final OpeningKey requestKey;
    private final MessageMemory seen;
    private volatile @Nullable Revocations honouredUnder;

    private ProviderSession(TokenGrant grant, OperationKeys keys, ReplayBudget budget) {
        super(grant, keys, ReplySide.PROVIDER);
        this.seen = new MessageMemory(budget);
        try (SecretBytes key = keys.requestKey()) {
            this.requestKey = new OpeningKey(key);
        }
    }

    /**
     * Opens a token's ticket, re-derives the caller's keys, and checks authentication and authorisation.
     *
     * @param token one whose signature holds
     * @param provider the operation's provider key in the token's epoch; it stays the caller's
     * @param budget what its memory of messages takes from
     * @throws Refusal when ticket or codes do not fit
     */
    static ProviderSession admit(ServiceToken token, SaltedBox provider, ReplayBudget budget) throws Refusal {
        try (SecretBytes callSeed = Tickets.open(token, provider)) {
            return admit(token, callSeed, budget);
        } catch (OpenFailedException | IllegalArgumentException e) {
            throw new Refusal(DenialReason.BAD_TOKEN);
        } catch (IllegalStateException e) {
            // The provider key was erased between finding it and using it.
            throw new Refusal(DenialReason.STALE_EPOCH);
        }
    }

    private static ProviderSession admit(ServiceToken token, SecretBytes callSeed, ReplayBudget budget) throws Refusal {
        TokenGrant grant = token.grant();
        OperationKeys keys = KeySchedule.derive(callSeed, grant.operation(), grant.timestamp());
        boolean authentic = keys.authenticates(token.proof().authenticationMac());
        boolean authorised =
                keys.authorises(grant.canonicalScope(), token.proof().scopeMac());
        if (!authentic || !authorised) {
            keys.close();
            throw new Refusal(DenialReason.BAD_TOKEN);
        }
        return new ProviderSession(grant, keys, budget);
    }

    /** True when these revocations, which only ever end, did not concern the token when it was noted. */
    boolean isHonouredUnder(Revocations revocations) {
        return honouredUnder == revocations;
    }

    /** Notes that these revocations do not concern the token. */
    void noteHonouredUnder(Revocations revocations) {
        honouredUnder = revocations;
    }

    /** A request's content; the caller closes it. */
    Plaintext open(Frame frame, Envelope envelope) throws Refusal {
        return open(requestKey, frame, envelope);
    }

    /**
     * Remembers a request that opened, and refuses its second arrival.
     *
     * @param arrival what the copies of one publish share
     */
    void remember(Frame frame, boolean send, Object arrival) throws Refusal {
        requireNew(seen.remember(frame, send, arrival));
    }

    private static void requireNew(@Nullable DenialReason refused) throws Refusal {
        if (refused != null) {
            throw new Refusal(refused);
        }
    }

    /** True when a message that opened is another one than that which came under its number before; said once for each number. */
    boolean takeOther(Frame frame) {
        return seen.takeOther(frame);
    }

    /** Remembers a request that another one stands for, and refuses that when this one was taken. */
    void remember(long sequence) throws Refusal {
        requireNew(seen.remember(sequence, true, this));
    }

    /** Asks the caller to grant a claim. */
    ClaimQuestion claimQuestion(long sequence, byte[] challenge) {
        try (ClaimKey key = claimKey()) {
            return new ClaimQuestion(grant().id(), sequence, challenge, key.question(sequence, challenge));
        }
    }

    /** True when these bytes prove that the caller granted a claim, or that it refused it. */
    boolean isAnswer(ClaimQuestion question, boolean granted, Buffer answer) {
        try (ClaimKey key = claimKey()) {
            return key.isAnswer(question.sequence(), question.challenge(), granted, answer.getBytes());
        }
    }

    @Override
    public void close() {
        super.close();
        requestKey.close();
    }

    /**
     * Gives back the memory of what has arrived. Not with the keys: when a token was withdrawn, what it had sent and was refused may be
     * sent again under another, and who took it before must still know.
     */
    void forgetArrivals() {
        seen.close();
    }
}
