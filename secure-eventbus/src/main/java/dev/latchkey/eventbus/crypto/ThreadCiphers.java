// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * The ciphers of one thread, for one direction.
 *
 * <p>Many, as a cipher that gets another key than its last expands that anew, which takes longer than to seal a small message. Each key
 * has its place, and may use any of the {@value #WAYS} ciphers there: keys that come and go take places at random, and so do not push
 * each other out for as long as hardly more are in use than there are ciphers. A cipher takes one to three kilobytes.
 *
 * <p>Where far more keys are in use, hardly any finds a cipher of its own again, and thousands of them only fill the processor's caches. It is
 * then {@link #crowded}: all are let go, and one is used for whatever comes, until keys come again that would find theirs.
 *
 * <p>Virtual threads come by the million, and mostly for one message. They borrow theirs from each other ({@link LentCiphers}).
 */
final class ThreadCiphers {
    static final int PLACES = 512;

    /** A power of two. */
    static final int WAYS = 4;

    /** After how many uses it is decided anew whether it is crowded. */
    static final int WINDOW = 4096;

    /** The place of keys that are used once: beside the others, as they would push out what is used again. */
    static final int ONE_USE = PLACES;

    /** Weak, as threads end. Guarded by itself. */
    private static final Set<ThreadCiphers> ALL =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    // One for each direction: the JDK's keeps the last key that it sealed with while it opens with others.
    private static final ThreadLocal<ThreadCiphers> SEALING = ThreadLocal.withInitial(() -> new ThreadCiphers(null));
    private static final ThreadLocal<ThreadCiphers> OPENING = ThreadLocal.withInitial(() -> new ThreadCiphers(null));

    private static final LentCiphers SEALING_LENT = new LentCiphers();
    private static final LentCiphers OPENING_LENT = new LentCiphers();

    /** Where they are given back to; null for those of a platform thread, which keeps them. */
    private final @Nullable LentCiphers lent;

    private final CounterNonce nonce = new CounterNonce();

    /** Those of each place, one after the other. Filled by whoever has taken them; other threads look for keys that they have erased. */
    private final AtomicReferenceArray<@Nullable ThreadCipher> ciphers =
            new AtomicReferenceArray<>((PLACES + 1) * WAYS);

    /**
     * The numbers of their last keys, or while it is crowded of the keys that would have them. Of many ciphers few are in a processor's
     * caches, and all of these: so no cipher is looked at but the one that is meant.
     */
    private final int[] numbers = new int[(PLACES + 1) * WAYS];

    /** For whatever comes while it is crowded. */
    private final ThreadCipher spare = new ThreadCipher();

    private boolean crowded;

    /** Uses in this window, and those that found, or would have found, a cipher of their own. */
    private int uses;

    private int found;

    /** Which way gives place next. */
    private int turn;

    /** The one that was made ready last. */
    private @Nullable ThreadCipher ready;

    ThreadCiphers(@Nullable LentCiphers lent) {
        this.lent = lent;
        ALL.add(this);
    }

    /** The calling thread's for this mode, until it gives them back, which is soon. */
    static ThreadCiphers take(int mode) {
        boolean seals = mode == Cipher.ENCRYPT_MODE;
        if (VirtualThreads.isCurrent()) {
            return (seals ? SEALING_LENT : OPENING_LENT).borrow();
        }
        return (seals ? SEALING : OPENING).get();
    }

    /**
     * Ends the use of what was taken, on the thread that took it. Not called where a use has failed half-way: its cipher is then dropped
     * before the next use, and those that are lent are left to the garbage collector.
     */
    void giveBack() {
        ThreadCipher used = ready;
        if (used != null) {
            used.done();
        }
        if (lent != null) {
            lent.giveBack(this);
        }
    }

    /**
     * The cipher for this key, initialised with the nonce that is the sequence number.
     *
     * @param mode for which these were taken
     * @throws IllegalStateException if the key was erased
     */
    Cipher ready(int mode, AesKey key, long sequence) throws GeneralSecurityException {
        ThreadCipher mine = cipherOf(key);
        ready = mine;
        return mine.init(mode, key, nonce.of(sequence));
    }

    /** Drops the ciphers that last used this key, which was erased before. */
    static void forget(AesKey key) {
        synchronized (ALL) {
            ALL.forEach(each -> each.drop(key));
        }
    }

    private void drop(AesKey key) {
        spare.drop(key);
        int first = key.place() * WAYS;
        for (int at = first; at < first + WAYS; at++) {
            ThreadCipher there = ciphers.get(at);
            if (there != null) {
                there.drop(key);
            }
        }
    }

    private ThreadCipher cipherOf(AesKey key) {
        if (key.place() == ONE_USE) {
            return ownOf(key);
        }
        if (uses++ == WINDOW) {
            decide();
        }
        return crowded ? sharedBy(key) : ownOf(key);
    }

    /** Becomes crowded where few find their own, and ceases to be where nearly all would. */
    private void decide() {
        boolean few = found < (crowded ? WINDOW / 8 * 7 : WINDOW / 4);
        if (few && !crowded) {
            letGo();
        }
        crowded = few;
        uses = 1;
        found = 0;
    }

    private void letGo() {
        for (int at = 0; at < PLACES * WAYS; at++) {
            ciphers.set(at, null);
            numbers[at] = 0;
        }
    }

    private ThreadCipher sharedBy(AesKey key) {
        if (find(key) >= 0) {
            found++;
        } else {
            numbers[key.place() * WAYS + nextWay()] = key.number();
        }
        return spare;
    }

    /** Where its number stands, or -1. */
    private int find(AesKey key) {
        int first = key.place() * WAYS;
        for (int at = first; at < first + WAYS; at++) {
            if (numbers[at] == key.number()) {
                return at;
            }
        }
        return -1;
    }

    private int nextWay() {
        return turn++ & WAYS - 1;
    }

    /** The one that used the key last; else one whose key has ended, or that has none; else the next in turn. */
    private ThreadCipher ownOf(AesKey key) {
        int at = find(key);
        ThreadCipher there = at < 0 ? null : ciphers.get(at);
        if (there != null && there.isOf(key)) {
            found++;
            return there;
        }
        return take(key);
    }

    private ThreadCipher take(AesKey key) {
        int free = free(key.place() * WAYS);
        if (free >= 0) {
            // Only one that has to give place shows that there are too many.
            found++;
        }
        int at = free < 0 ? key.place() * WAYS + nextWay() : free;
        numbers[at] = key.number();
        return at(at);
    }

    /** The first of a place that no key has, or -1. */
    private int free(int first) {
        for (int at = first; at < first + WAYS; at++) {
            ThreadCipher there = ciphers.get(at);
            if (there == null || there.isFree()) {
                return at;
            }
        }
        return -1;
    }

    private ThreadCipher at(int at) {
        ThreadCipher there = ciphers.get(at);
        if (there == null) {
            there = new ThreadCipher();
            ciphers.set(at, there);
        }
        return there;
    }

    /** True while there are fewer ciphers than keys that come and go. */
    boolean isCrowded() {
        return crowded;
    }
}
