// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.ledger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps every (key, nonce) that sealed something, and counts those that did so before. Thread-safe.
 *
 * <p>Each pair is kept as the first 64 bits of its SHA-256. Two different pairs may share them, which would be counted as a
 * repeat: of ten million, about one run in 370,000. A repeat is never missed.
 */
public final class NonceLedger {
    private static final ThreadLocal<MessageDigest> DIGESTS = ThreadLocal.withInitial(NonceLedger::newDigest);

    private final LongSet pairs = new LongSet();
    private final LongSet keys = new LongSet();
    private final LongAdder seals = new LongAdder();
    private final LongAdder repeats = new LongAdder();

    /** The first 64 bits of the SHA-256 of these parts, one after the other. */
    static long fingerprint(byte[]... parts) {
        MessageDigest digest = DIGESTS.get();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    /** Keys are of one length or of another that no nonce makes up for, so a pair has one encoding. */
    void sealed(byte[] key, byte[] nonce) {
        sealed(fingerprint(key), fingerprint(key, nonce));
    }

    void sealed(long key, long pair) {
        seals.increment();
        keys.add(key);
        if (!pairs.add(pair)) {
            repeats.increment();
        }
    }

    /** How many seals there were. */
    public long seals() {
        return seals.sum();
    }

    /** Under how many different keys. */
    public long keys() {
        return keys.size();
    }

    /** How many of the seals were under a key and nonce that had been used. */
    public long repeats() {
        return repeats.sum();
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
