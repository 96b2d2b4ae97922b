// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * An AES-GCM cipher of one thread, which can be taken from it.
 *
 * <p>The JDK's cipher keeps its last key and that key's schedule, and has no way to erase them but another key. A thread may
 * never seal again. So whoever erases a key has the ciphers that last used it dropped, for the garbage collector to take, whichever
 * thread they belong to; that thread makes itself another when it needs one. One that is just being used with the key ends its use
 * undisturbed, as its thread holds it, and is garbage afterwards.
 */
final class ThreadCipher {
    /** Weak, as threads end. Guarded by itself. */
    private static final Set<ThreadCipher> ALL =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    // One for each direction: the JDK's keeps the last key that it sealed with while it opens with others.
    private static final ThreadLocal<ThreadCipher> SEALING = ThreadLocal.withInitial(ThreadCipher::new);
    private static final ThreadLocal<ThreadCipher> OPENING = ThreadLocal.withInitial(ThreadCipher::new);

    /** Written by its thread only, and before the key is read: who erases the key afterwards sees it. */
    private volatile @Nullable AesKey last;

    private volatile @Nullable Cipher cipher;

    private ThreadCipher() {
        ALL.add(this);
    }

    /**
     * The calling thread's cipher for this mode, initialised.
     *
     * @throws IllegalStateException if the key was erased
     */
    static Cipher ready(int mode, AesKey key, AlgorithmParameterSpec parameters) throws GeneralSecurityException {
        return (mode == Cipher.ENCRYPT_MODE ? SEALING : OPENING).get().init(mode, key, parameters);
    }

    /** Drops the ciphers that last used this key, which was erased before. */
    static void forget(AesKey key) {
        synchronized (ALL) {
            ALL.forEach(each -> each.drop(key));
        }
    }

    private void drop(AesKey key) {
        if (last == key) {
            cipher = null;
        }
    }

    private Cipher init(int mode, AesKey key, AlgorithmParameterSpec parameters) throws GeneralSecurityException {
        if (last != key) {
            last = key;
        }
        Cipher mine = cipher();
        try {
            mine.init(mode, key, parameters);
            return mine;
        } catch (GeneralSecurityException | RuntimeException e) {
            // It may still have the key before this one, which is no longer noted as its last.
            cipher = null;
            throw e;
        }
    }

    private Cipher cipher() {
        Cipher mine = cipher;
        if (mine == null) {
            mine = CipherProvider.newCipher();
            cipher = mine;
        }
        return mine;
    }
}
