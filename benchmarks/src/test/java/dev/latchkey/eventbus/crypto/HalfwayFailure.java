// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals where the stack ends, and prints how often, and what was sealed afterwards with another key than it should have been. */
final class HalfwayFailure {
    private static final int LENGTH = 40;
    private static final int ROUNDS = 200;
    private static final int STACK = 256 * 1024;
    private static final byte[] NOTHING = {};

    private final byte[] plain = new byte[LENGTH];
    private final byte[] sealed = new byte[LENGTH + AesGcm.TAG_LENGTH];
    private long sequence;
    private int overflows;
    private int wrong;

    private HalfwayFailure() {}

    public static void main(String[] args) {
        new Thread(null, new HalfwayFailure()::run, "deep", STACK).start();
    }

    private void run() {
        for (int round = 0; round < ROUNDS; round++) {
            AesKey key = keyOfAFullPlace();
            shifted(round, key);
            check(key);
            seal(key);
            check(key);
        }
        System.out.println(CipherProvider.provider().getName());
        System.out.println("overflows: " + (overflows >= ROUNDS));
        System.out.println("wrong: " + wrong);
    }

    /** Its place has no cipher left but those of other keys, which have sealed with them. */
    private AesKey keyOfAFullPlace() {
        AesKey first = AesKey.forSealing(SecretBytes.random(32));
        List<AesKey> keys = new ArrayList<>(List.of(first));
        while (keys.size() < ThreadCiphers.WAYS) {
            keys.add(sharing(first));
        }
        keys.forEach(this::seal);
        keys.forEach(this::seal);
        return sharing(first);
    }

    private static AesKey sharing(AesKey other) {
        AesKey made = AesKey.forSealing(SecretBytes.random(32));
        while (made.place() != other.place()) {
            made = AesKey.forSealing(SecretBytes.random(32));
        }
        return made;
    }

    /** Frames of another size before, so that each round comes to the end at other steps. */
    private boolean shifted(long by, AesKey key) {
        return by > 0 ? shifted(by - 1, key) : atTheEndOfTheStack(Integer.MAX_VALUE, key);
    }

    /** Seals at each depth, from where the stack ends upwards, until it succeeds; so it fails at whatever step takes more than is left. */
    private boolean atTheEndOfTheStack(int most, AesKey key) {
        try {
            if (most > 0 && atTheEndOfTheStack(most - 1, key)) {
                return true;
            }
        } catch (StackOverflowError deeper) {
            overflows++;
        }
        seal(key);
        return true;
    }

    private void seal(AesKey key) {
        sequence++;
        AesGcm.encrypt(key, sequence, NOTHING, 0, plain, 0, LENGTH, sealed, 0);
    }

    private void check(AesKey key) {
        if (!Arrays.equals(sealed, sealedByTheJdk(key))) {
            wrong++;
        }
    }

    private byte[] sealedByTheJdk(AesKey key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", Security.getProvider("SunJCE"));
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key.getEncoded(), "AES"),
                    new GCMParameterSpec(
                            Byte.SIZE * AesGcm.TAG_LENGTH,
                            new CounterNonce().of(sequence).getIV()));
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
