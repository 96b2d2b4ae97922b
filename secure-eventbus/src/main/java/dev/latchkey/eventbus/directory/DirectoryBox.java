// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.directory;

import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.crypto.VerifyingKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/**
 * Seals and opens what is told of one operation's providers: {@code version (1) || epoch (8) || box}, in the box {@code signature (64)
 * || JSON}.
 *
 * <p>The box ({@link SaltedBox}, AES-256-GCM, bound to version, epoch and operation) keeps it from all who may not invoke the operation. All who
 * may have its key, so it says nothing of who wrote it; that does the signature, Ed25519 (RFC 8032, section 5.1) over {@code "latchkey/1
 * directory" || len16(trust domain) || trust domain || len16(operation) || operation || JSON}. Thread-safe.
 */
public final class DirectoryBox implements AutoCloseable {
    private static final String UPDATES = "latchkey.directory.updates.";
    private static final String QUESTIONS = "latchkey.directory.questions.";

    /** An update or question longer than this is dropped unread; all that a full table holds is shorter. */
    public static final int MAX_LENGTH = 4 * 1024 * 1024;

    private static final byte VERSION = 1;
    private static final int EPOCH_OFFSET = 1;
    private static final int SEALED_OFFSET = EPOCH_OFFSET + Long.BYTES;
    private static final int SIGNATURE_LENGTH = 64;
    private static final byte[] LABEL = "latchkey/1 directory".getBytes(StandardCharsets.US_ASCII);

    private final String operation;
    private final long epoch;
    private final SaltedBox updates;
    private final SaltedBox questions;

    /** A box under a key, which stays the caller's to erase. */
    public DirectoryBox(String operation, long epoch, SecretBytes key) {
        this.operation = operation;
        this.epoch = epoch;
        this.updates = new SaltedBox(key, "directory");
        this.questions = new SaltedBox(key, "directory question");
    }

    /** The event-bus address at which changes of an operation's providers are published. */
    public static String updates(String operation) {
        return UPDATES + operation;
    }

    /** The event-bus address at which orchestrators tell all that they know of an operation's providers. */
    public static String questions(String operation) {
        return QUESTIONS + operation;
    }

    /**
     * The epoch of the key that something claims to be sealed under; -1 when it cannot be an update or a question.
     *
     * @param message what arrived, of any type
     */
    public static long claimedEpoch(Object message) {
        return message instanceof Buffer bytes
                        && bytes.length() >= SEALED_OFFSET + SaltedBox.OVERHEAD
                        && bytes.length() <= MAX_LENGTH
                        && bytes.getByte(0) == VERSION
                ? bytes.getLong(EPOCH_OFFSET)
                : -1;
    }

    /** A signed and sealed update. */
    public Buffer seal(DirectoryUpdate update, SigningKey key, String trustDomain) {
        byte[] body = UpdateFormat.write(update).toBuffer().getBytes();
        byte[] signature = key.sign(signed(body, trustDomain));
        byte[] plain = Arrays.copyOf(signature, SIGNATURE_LENGTH + body.length);
        System.arraycopy(body, 0, plain, SIGNATURE_LENGTH, body.length);
        return framed(updates.seal(associatedData(), plain));
    }

    /**
     * What an update says.
     *
     * @param message one of which {@link #claimedEpoch} is this box's
     * @throws OpenFailedException when nobody who may read it sealed it
     * @throws IllegalArgumentException when somebody who may did, and no orchestrator signed it
     */
    public DirectoryUpdate open(Buffer message, Collection<VerifyingKey> keys, String trustDomain)
            throws OpenFailedException {
        byte[] plain = updates.open(associatedData(), message.getBytes(SEALED_OFFSET, message.length()));
        if (plain.length < SIGNATURE_LENGTH) {
            throw new IllegalArgumentException("the update has no signature");
        }
        byte[] body = Arrays.copyOfRange(plain, SIGNATURE_LENGTH, plain.length);
        byte[] signed = signed(body, trustDomain);
        if (keys.stream().noneMatch(key -> key.verify(signed, Arrays.copyOf(plain, SIGNATURE_LENGTH)))) {
            throw new IllegalArgumentException("the update is not signed by a trusted key");
        }
        return read(body);
    }

    private static DirectoryUpdate read(byte[] body) {
        try {
            return UpdateFormat.read(new JsonObject(Buffer.buffer(body)));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the update cannot be read", e);
        }
    }

    /** A question for all that is known, which only somebody who may know it can ask. */
    public Buffer question(long now) {
        byte[] plain = ByteBuffer.allocate(Long.BYTES).putLong(now).array();
        return framed(questions.seal(associatedData(), plain));
    }

    /**
     * When a question was asked, milliseconds since 1970.
     *
     * @param question one of which {@link #claimedEpoch} is this box's
     * @throws OpenFailedException when it was not sealed under this key, for this operation
     */
    public long openQuestion(Buffer question) throws OpenFailedException {
        byte[] plain = questions.open(associatedData(), question.getBytes(SEALED_OFFSET, question.length()));
        if (plain.length != Long.BYTES) {
            throw new OpenFailedException();
        }
        return ByteBuffer.wrap(plain).getLong();
    }

    private Buffer framed(byte[] sealed) {
        return Buffer.buffer().appendByte(VERSION).appendLong(epoch).appendBytes(sealed);
    }

    private byte[] associatedData() {
        byte[] name = operation.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(SEALED_OFFSET + name.length)
                .put(VERSION)
                .putLong(epoch)
                .put(name)
                .array();
    }

    private byte[] signed(byte[] body, String trustDomain) {
        byte[] domain = trustDomain.getBytes(StandardCharsets.UTF_8);
        byte[] name = operation.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(LABEL.length + 2 * Short.BYTES + domain.length + name.length + body.length)
                .put(LABEL)
                .putShort((short) domain.length)
                .put(domain)
                .putShort((short) name.length)
                .put(name)
                .put(body)
                .array();
    }

    /** Erases the key; closing again does nothing. */
    @Override
    public void close() {
        updates.close();
        questions.close();
    }

    /** Names the operation, never the key. */
    @Override
    public String toString() {
        return "DirectoryBox[" + operation + ", epoch " + epoch + "]";
    }
}
