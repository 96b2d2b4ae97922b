// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.eventbus.crypto.KeySchedule;
import dev.latchkey.eventbus.crypto.OperationKeys;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.FrameWriter;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** A token and the keys that belong to it: what it takes to make a request by hand. */
final class Papers {
    private final String compact;
    private final TokenId id;
    private final OperationKeys keys;
    private final SealingKey requestKey;

    private Papers(String compact, TokenId id, OperationKeys keys, SealingKey requestKey) {
        this.compact = compact;
        this.id = id;
        this.keys = keys;
        this.requestKey = requestKey;
    }

    /** Those of a token that was made for this seed. */
    static Papers of(String compact, SecretBytes seed) {
        JsonObject claims = Jwts.claims(compact);
        String operation = claims.getString("op");
        long timestamp = claims.getLong("ts");
        try (SecretBytes callSeed = KeySchedule.callSeed(seed, operation, timestamp)) {
            OperationKeys keys = KeySchedule.derive(callSeed, operation, timestamp);
            return new Papers(compact, TokenId.parse(claims.getString("jti")), keys, sealing(keys));
        }
    }

    private static SealingKey sealing(OperationKeys keys) {
        try (SecretBytes key = keys.requestKey()) {
            return new SealingKey(key);
        }
    }

    /** The same keys under another token's text and name. */
    Papers under(String otherCompact, TokenId otherId) {
        return new Papers(otherCompact, otherId, keys, requestKey);
    }

    /** The same keys, with a text in the token's place. */
    Papers showing(String otherCompact) {
        return under(otherCompact, id);
    }

    /** The same with its numbers from 0 again, which nobody honest does. */
    Papers fromZero() {
        return new Papers(compact, id, keys, sealing(keys));
    }

    String compact() {
        return compact;
    }

    TokenId id() {
        return id;
    }

    OperationKeys keys() {
        return keys;
    }

    /** A request that carries its token. */
    byte[] request(Envelope envelope, byte[] content) {
        return request(envelope, content, System.currentTimeMillis());
    }

    /** A request that was sent at some time. */
    byte[] request(Envelope envelope, byte[] content, long sentAt) {
        byte[] name = new byte[TokenId.LENGTH];
        id.write(name, 0);
        byte[] token = compact.getBytes(StandardCharsets.US_ASCII);
        return FrameWriter.request(requestKey, name, token, sentAt, envelope, content);
    }
}
