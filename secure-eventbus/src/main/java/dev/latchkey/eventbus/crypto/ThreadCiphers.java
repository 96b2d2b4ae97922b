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
 * <p>Several, as a cipher that gets another key than its last expands that anew, which takes longer than to seal a small message. Each key
 * has its place among them, which it shares with others when there are more than {@value #PLACES}.
 */
final class ThreadCiphers {
    static final int PLACES = 1024;

    /** Places come into being by so many: a thread that lives for one message, as virtual ones may, has use for one. */
    private static final int PAGE = 32;

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
    private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable ThreadCipher>> pages =
            new AtomicReferenceArray<>(PLACES / PAGE + 1);

    private ThreadCiphers() {
        ALL.add(this);
    }

    /**
     * The calling thread's cipher for this mode and key, initialised with the nonce that is the sequence number.
     *
     * @throws IllegalStateException if the key was erased
     */
    static Cipher ready(int mode, AesKey key, long sequence) throws GeneralSecurityException {
        ThreadCiphers mine = (mode == Cipher.ENCRYPT_MODE ? SEALING : OPENING).get();
        return mine.at(key.place()).init(mode, key, mine.nonce.of(sequence));
    }

    /** Drops the ciphers that last used this key, which was erased before. */
    static void forget(AesKey key) {
        synchronized (ALL) {
            ALL.forEach(each -> each.drop(key));
        }
    }

    private void drop(AesKey key) {
        AtomicReferenceArray<@Nullable ThreadCipher> page = pages.get(key.place() / PAGE);
        ThreadCipher there = page == null ? null : page.get(key.place() % PAGE);
        if (there != null) {
            there.drop(key);
        }
    }

    private ThreadCipher at(int place) {
        AtomicReferenceArray<@Nullable ThreadCipher> page = pageOf(place);
        ThreadCipher there = page.get(place % PAGE);
        if (there == null) {
            there = new ThreadCipher();
            page.set(place % PAGE, there);
        }
        return there;
    }

    private AtomicReferenceArray<@Nullable ThreadCipher> pageOf(int place) {
        AtomicReferenceArray<@Nullable ThreadCipher> page = pages.get(place / PAGE);
        if (page == null) {
            page = new AtomicReferenceArray<>(PAGE);
            pages.set(place / PAGE, page);
        }
        return page;
    }
}
