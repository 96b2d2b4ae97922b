// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.crypto.KeySchedule;
import dev.latchkey.eventbus.crypto.OperationKeys;
import dev.latchkey.eventbus.crypto.ReplySide;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.FrameWriter;

/** A token in the hands of the instance that it was issued to. */
final class CallerSession extends Session {
    private final SealingKey requestKey;
    private final byte[] tokenId = new byte[TokenId.LENGTH];
    private final byte[] compact;

    private CallerSession(ServiceToken token, OperationKeys keys) {
        super(token, keys, ReplySide.CALLER);
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

    /** A request's frame. */
    byte[] seal(long sentAt, Envelope envelope, byte[] content) {
        return FrameWriter.request(requestKey, tokenId, compact, sentAt, envelope, content);
    }

    @Override
    public void close() {
        super.close();
        requestKey.close();
    }
}
