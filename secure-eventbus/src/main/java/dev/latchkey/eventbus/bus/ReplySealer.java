// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.crypto.OperationKeys;
import dev.latchkey.eventbus.crypto.ReplySide;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.FrameWriter;
import dev.latchkey.eventbus.wire.Writable;
import io.vertx.core.buffer.Buffer;

/** Seals one side's replies under a key of its own random salt. Thread-safe. */
final class ReplySealer implements AutoCloseable {
    private static final int SALT_LENGTH = 16;

    private final byte[] salt;
    private final SealingKey key;

    ReplySealer(OperationKeys keys, ReplySide side) {
        this.salt = SecretBytes.random(SALT_LENGTH).copy();
        try (SecretBytes replyKey = keys.replyKey(side, salt)) {
            this.key = new SealingKey(replyKey);
        }
    }

    long seal(long sentAt, Envelope envelope, Writable content, Buffer out) {
        return FrameWriter.reply(key, salt, sentAt, envelope, content, out);
    }

    @Override
    public void close() {
        key.close();
    }
}
