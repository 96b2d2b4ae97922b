// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
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
    /** Written by its thread only, and before the key is read: who erases the key afterwards sees it. */
    private volatile @Nullable AesKey last;

    private volatile @Nullable Cipher cipher;

    /**
     * True from before it is initialised until it has done what it was initialised for. Whatever failed in between, a stack that overflows
     * included, has run no code of ours for it: a provider may then be given a key that its cipher has not taken over, and take it for the
     * one that it has.
     */
    private boolean busy;

    /** True when it last used this key. */
    boolean isOf(AesKey key) {
        return last == key;
    }

    /** True when it has no cipher, as its last key has ended, or before its first. */
    boolean isFree() {
        return cipher == null;
    }

    /** Drops the cipher, if it last used this key, which was erased before. Callable from any thread. */
    void drop(AesKey key) {
        if (last == key) {
            cipher = null;
        }
    }

    /**
     * The cipher, initialised. On its thread.
     *
     * @throws IllegalStateException if the key was erased
     */
    Cipher init(int mode, AesKey key, AlgorithmParameterSpec parameters) throws GeneralSecurityException {
        if (busy) {
            cipher = null;
        }
        busy = true;
        if (last != key) {
            last = key;
        }
        Cipher mine = cipher();
        try {
            mine.init(mode, key, parameters);
            return mine;
        } catch (Throwable e) {
            // It may still have the key before this one, which is no longer noted as its last.
            cipher = null;
            throw e;
        }
    }

    /** Notes that it has done what it was initialised for. On its thread. */
    void done() {
        busy = false;
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
