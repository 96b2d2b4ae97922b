// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.vectors;

import dev.latchkey.eventbus.crypto.KeySchedule;
import dev.latchkey.eventbus.crypto.OperationKeys;
import dev.latchkey.eventbus.crypto.ReplySide;
import dev.latchkey.eventbus.crypto.SecretBytes;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;

/** The key schedule. */
final class KeyVectors {
    static final String OPERATION = "process_image";
    static final long TIMESTAMP = 1_800_000_000_007L;
    static final byte[] SEED = Bytes.counting(0x00, 32);
    static final byte[] REPLY_SALT = Bytes.counting(0x10, 16);

    private KeyVectors() {}

    static SecretBytes callSeed() {
        return KeySchedule.callSeed(Bytes.secret(SEED), OPERATION, TIMESTAMP);
    }

    static OperationKeys keys() {
        return KeySchedule.derive(callSeed(), OPERATION, TIMESTAMP);
    }

    static JsonObject make() {
        byte[] input = input(callSeed().copy());
        OperationKeys keys = keys();
        return new JsonObject()
                .put("seed", Bytes.hex(SEED))
                .put("operation", OPERATION)
                .put("timestamp", TIMESTAMP)
                .put("callSeedInput", Bytes.hex(input(SEED)))
                .put("callSeed", Bytes.hex(callSeed()))
                .put("input", Bytes.hex(input))
                .put("authKey", Bytes.hex(Bytes.hkdf(input, "latchkey/1 auth_salt", "authentication_key")))
                .put("authMac", Bytes.hex(keys.authenticationMac()))
                .put("authzKey", Bytes.hex(Bytes.hkdf(input, "latchkey/1 authz_salt", "authorization_key")))
                .put("encKey", Bytes.hex(Bytes.hkdf(input, "latchkey/1 enc_salt", "encryption_key")))
                .put("requestKey", Bytes.hex(keys.requestKey()))
                .put("replySalt", Bytes.hex(REPLY_SALT))
                .put("replyKeyOfProvider", Bytes.hex(keys.replyKey(ReplySide.PROVIDER, REPLY_SALT)))
                .put("replyKeyOfCaller", Bytes.hex(keys.replyKey(ReplySide.CALLER, REPLY_SALT)));
    }

    private static byte[] input(byte[] seed) {
        byte[] operation = Bytes.text(OPERATION);
        return ByteBuffer.allocate(2 + seed.length + 2 + operation.length + 8)
                .putShort((short) seed.length)
                .put(seed)
                .putShort((short) operation.length)
                .put(operation)
                .putLong(TIMESTAMP)
                .array();
    }
}
