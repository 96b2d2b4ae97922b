// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Names that nobody can guess: a prefix, and 120 random bits as 20 letters of base64url (RFC 4648, section 5). Safe for use by several
 * threads.
 *
 * <p>They are the keystream of AES-256 in counter mode (GCTR of NIST SP 800-38D, section 6.5): what zeros encrypt to, {@value #DRAWN} names
 * under each key, which is random, used once and erased before the first name is given out. That takes a tenth of the time that
 * {@link java.security.SecureRandom} takes for each name by itself.
 */
public final class RandomNames {
    static final int DRAWN = 256;

    /** A multiple of three bytes, so that names end where groups of base64 do. */
    private static final int BYTES = 15;

    private static final int LETTERS = BYTES / 3 * 4;

    private final byte[] prefix;
    private volatile Drawn drawn;

    /**
     * Names that all begin alike.
     *
     * @param prefix ASCII
     */
    public RandomNames(String prefix) {
        this.prefix = prefix.getBytes(StandardCharsets.US_ASCII);
        this.drawn = draw();
    }

    /** Names one after the other, each with its prefix. */
    private record Drawn(byte[] names, int length, AtomicInteger taken) {
        /** The next, or null when there is none left. */
        @Nullable
        String take() {
            int number = taken.getAndIncrement();
            return number < DRAWN ? new String(names, number * length, length, StandardCharsets.ISO_8859_1) : null;
        }
    }

    /** Returns a name that was never given before, and will never be again. */
    public String next() {
        String name = drawn.take();
        return name == null ? nextDrawn() : name;
    }

    /** Whoever comes first draws for all that wait. */
    private synchronized String nextDrawn() {
        String name = drawn.take();
        while (name == null) {
            drawn = draw();
            name = drawn.take();
        }
        return name;
    }

    private Drawn draw() {
        byte[] letters = Base64.getUrlEncoder().encode(random());
        int length = prefix.length + LETTERS;
        byte[] names = new byte[length * DRAWN];
        for (int i = 0; i < DRAWN; i++) {
            System.arraycopy(prefix, 0, names, i * length, prefix.length);
            System.arraycopy(letters, i * LETTERS, names, i * length + prefix.length, LETTERS);
        }
        return new Drawn(names, length, new AtomicInteger());
    }

    private static byte[] random() {
        byte[] bytes = new byte[BYTES * DRAWN + AesGcm.TAG_LENGTH];
        AesKey key = AesKey.forOneUse(SecretBytes.random(KeySchedule.KEY_LENGTH));
        try {
            AesGcm.encrypt(key, 0, bytes, 0, bytes, 0, BYTES * DRAWN, bytes, 0);
        } finally {
            key.destroy();
        }
        return Arrays.copyOf(bytes, BYTES * DRAWN);
    }
}
