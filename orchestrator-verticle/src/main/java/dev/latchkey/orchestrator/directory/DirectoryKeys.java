// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.directory;

import dev.latchkey.eventbus.crypto.Hkdf;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.directory.DirectoryBox;
import dev.latchkey.eventbus.registration.DirectoryKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of directories: {@code HKDF-SHA256(state key, salt "latchkey/1 directory_salt", info "directory key" || len16(operation) ||
 * operation || u64 epoch)} (RFC 5869). All orchestrators hold the state key, so all make the same, and none has to keep one. Thread-safe.
 */
public final class DirectoryKeys {
    private static final byte[] SALT = "latchkey/1 directory_salt".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LABEL = "directory key".getBytes(StandardCharsets.US_ASCII);

    private final SecretBytes state;

    /** @param state the key that all orchestrators share; stays the caller's to erase */
    public DirectoryKeys(SecretBytes state) {
        this.state = state;
    }

    /** A key for who may invoke the operation; the receiver erases it. */
    public DirectoryKey key(String operation, long epoch) {
        return new DirectoryKey(operation, epoch, secret(operation, epoch));
    }

    /** The box under that key; the caller closes it. */
    DirectoryBox box(String operation, long epoch) {
        try (SecretBytes secret = secret(operation, epoch)) {
            return new DirectoryBox(operation, epoch, secret);
        }
    }

    private SecretBytes secret(String operation, long epoch) {
        byte[] ikm = state.copy();
        try {
            return SecretBytes.taking(Hkdf.derive(ikm, SALT, info(operation, epoch), DirectoryKey.LENGTH));
        } finally {
            Arrays.fill(ikm, (byte) 0);
        }
    }

    private static byte[] info(String operation, long epoch) {
        byte[] name = operation.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(LABEL.length + Short.BYTES + name.length + Long.BYTES)
                .put(LABEL)
                .putShort((short) name.length)
                .put(name)
                .putLong(epoch)
                .array();
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "DirectoryKeys";
    }
}
