// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash chain: each line's hash is SHA-256 over the hash of the line before it and its own bytes. */
final class Chain {
    /** Bytes of a hash. */
    static final int HASH_LENGTH = 32;

    private Chain() {}

    /** What stands before the first line of a log. */
    static byte[] beginning() {
        return new byte[HASH_LENGTH];
    }

    /** The hash of these bytes behind a line of that hash. */
    static byte[] next(byte[] before, byte[] bytes) {
        MessageDigest sha256 = sha256();
        sha256.update(before);
        return sha256.digest(bytes);
    }

    /** The hash of bytes alone. */
    static byte[] hash(byte[] bytes) {
        return sha256().digest(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
