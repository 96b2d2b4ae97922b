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
    private static final ThreadLocal<ThreadCiphers> SEALING = ThreadLocal.withInitial(ThreadCiphers::new);
    private static final ThreadLocal<ThreadCiphers> OPENING = ThreadLocal.withInitial(ThreadCiphers::new);

    private final CounterNonce nonce = new CounterNonce();

    /** Filled by its thread only; other threads look for keys that they have erased. */
    private final AtomicReferenceArray<@Nullable Ways> places = new AtomicReferenceArray<>(PLACES + 1);

    /** For whatever comes while it is crowded. */
    private final ThreadCipher spare = new ThreadCipher();

    /** The numbers of the keys that would have ciphers while it is crowded, which has none of them. */
    private int[] wouldBe = {};

    private boolean crowded;

    /** Uses in this window, and those that found, or would have found, a cipher of their own. */
    private int uses;

    private int found;

    /** Which way gives place next. */
    private int turn;

    private ThreadCiphers() {
        ALL.add(this);
    }

    /** The ciphers of one place. */
    private static final class Ways extends AtomicReferenceArray<@Nullable ThreadCipher> {
        private static final long serialVersionUID = 1L;

        Ways() {
            super(WAYS);
        }
    }

    /**
     * The calling thread's cipher for this mode and key, initialised with the nonce that is the sequence number.
     *
     * @throws IllegalStateException if the key was erased
     */
    static Cipher ready(int mode, AesKey key, long sequence) throws GeneralSecurityException {
        ThreadCiphers mine = (mode == Cipher.ENCRYPT_MODE ? SEALING : OPENING).get();
        return mine.cipherOf(key).init(mode, key, mine.nonce.of(sequence));
    }

    /** Drops the ciphers that last used this key, which was erased before. */
    static void forget(AesKey key) {
        synchronized (ALL) {
            ALL.forEach(each -> each.drop(key));
        }
    }

    private void drop(AesKey key) {
        spare.drop(key);
        Ways ways = places.get(key.place());
        if (ways == null) {
            return;
        }
        for (int way = 0; way < WAYS; way++) {
            ThreadCipher there = ways.get(way);
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
            wouldBe = new int[PLACES * WAYS];
        }
        crowded = few;
        uses = 1;
        found = 0;
    }

    private void letGo() {
        for (int place = 0; place < PLACES; place++) {
            places.set(place, null);
        }
    }

    private ThreadCipher sharedBy(AesKey key) {
        int first = key.place() * WAYS;
        for (int at = first; at < first + WAYS; at++) {
            if (wouldBe[at] == key.number()) {
                found++;
                return spare;
            }
        }
        wouldBe[first + (turn++ & WAYS - 1)] = key.number();
        return spare;
    }

    /** The one that used the key last; else one whose key has ended, or that has none; else the next in turn. */
    private ThreadCipher ownOf(AesKey key) {
        Ways ways = waysOf(key.place());
        int free = -1;
        for (int way = 0; way < WAYS; way++) {
            ThreadCipher there = ways.get(way);
            if (there != null && there.isOf(key)) {
                found++;
                return there;
            }
            free = free < 0 && (there == null || there.isFree()) ? way : free;
        }
        if (free >= 0) {
            // Only one that has to give place shows that there are too many.
            found++;
        }
        return at(ways, free < 0 ? turn++ & WAYS - 1 : free);
    }

    /** True while the calling thread has fewer ciphers for this mode than keys that come and go. */
    static boolean isCrowded(int mode) {
        return (mode == Cipher.ENCRYPT_MODE ? SEALING : OPENING).get().crowded;
    }

    private static ThreadCipher at(Ways ways, int way) {
        ThreadCipher there = ways.get(way);
        if (there == null) {
            there = new ThreadCipher();
            ways.set(way, there);
        }
        return there;
    }

    private Ways waysOf(int place) {
        Ways ways = places.get(place);
        if (ways == null) {
            ways = new Ways();
            places.set(place, ways);
        }
        return ways;
    }
}
