// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealingKeyTest {
    private static final int THREADS = 8;
    private static final byte[] NONE = {};
    private static final byte[] AAD = Hex.text("address and flags");
    private static final byte[] PLAIN = Hex.text("a message of more than one block of AES");

    private final SecretBytes key = SecretBytes.random(32);
    private final SealingKey sealing = new SealingKey(key);
    private final OpeningKey opening = new OpeningKey(key);

    // Test cases 13 and 14 of the GCM specification (McGrew and Viega): a zero key and a zero nonce.
    @ParameterizedTest
    @CsvSource({
        "'', 530f8afbc74536b9a963b4f1c4cb738b",
        "00000000000000000000000000000000, cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
    })
    void seal_gcmVector_matches(String plaintext, String sealed) {
        // Another key in between: the JDK refuses to seal twice in a row with the nonce and key that the cases share.
        seal(sealing, sealing.claim(), NONE, NONE);
        SealingKey zero = new SealingKey(SecretBytes.taking(new byte[32]));
        assertThat(Hex.of(seal(zero, zero.claim(), NONE, Hex.bytes(plaintext)))).isEqualTo(sealed);
    }

    @Test
    void seal_anySequence_hasItInTheNoncesLastEightBytes() throws Exception {
        SealingKey late = new SealingKey(key, 0x010203040506L);
        byte[] sealed = seal(late, late.claim(), AAD, PLAIN);
        Cipher jdk = Cipher.getInstance("AES/GCM/NoPadding");
        GCMParameterSpec nonce = new GCMParameterSpec(128, Hex.bytes("000000000000010203040506"));
        jdk.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key.copy(), "AES"), nonce);
        jdk.updateAAD(AAD);
        assertThat(jdk.doFinal(sealed)).isEqualTo(PLAIN);
    }

    @Test
    void claimed_isAboveEachNumberThatWasClaimed_andNoOther() {
        assertThat(sealing.claimed()).isZero();
        assertThat(sealing.claim()).isZero();
        assertThat(sealing.claim()).isOne();
        assertThat(sealing.claimed()).isEqualTo(2);
    }

    @Test
    void open_sealed_givesPlaintext() throws OpenFailedException {
        for (int length = 0; length <= 64; length++) {
            byte[] plain = new byte[length];
            Arrays.fill(plain, (byte) length);
            long sequence = sealing.claim();
            byte[] sealed = seal(sealing, sequence, AAD, plain);
            assertThat(sealed).hasSize(length + SealingKey.TAG_LENGTH);
            assertThat(open(sequence, AAD, sealed)).isEqualTo(plain);
        }
    }

    @Test
    void seal_withOffsets_touchesOnlyItsRange() throws OpenFailedException {
        byte[] in = Hex.text("--message--");
        byte[] out = new byte[3 + 7 + 16 + 2];
        long sequence = sealing.claim();
        sealing.seal(sequence, Hex.text("aad, not this"), 3, in, 2, 7, out, 3);
        byte[] opened = new byte[7];
        opening.open(sequence, Hex.text("aad"), 3, out, 3, 7 + 16, opened);
        assertThat(opened).isEqualTo(Hex.text("message"));
        assertThat(new byte[] {out[0], out[1], out[2], out[26], out[27]}).containsOnly(0);
    }

    @Test
    void seal_inPlace_opens() throws OpenFailedException {
        byte[] buffer = Arrays.copyOf(PLAIN, PLAIN.length + SealingKey.TAG_LENGTH);
        long sequence = sealing.claim();
        sealing.seal(sequence, AAD, AAD.length, buffer, 0, PLAIN.length, buffer, 0);
        assertThat(open(sequence, AAD, buffer)).isEqualTo(PLAIN);
    }

    @Test
    void open_anyByteOfCiphertextOrTagTampered_fails() {
        long sequence = sealing.claim();
        byte[] sealed = seal(sealing, sequence, AAD, PLAIN);
        for (int i = 0; i < sealed.length; i++) {
            assertRefused(sequence, AAD, Hex.tampered(sealed, i));
        }
    }

    @Test
    void open_anyByteOfAadTampered_fails() {
        long sequence = sealing.claim();
        byte[] sealed = seal(sealing, sequence, AAD, PLAIN);
        for (int i = 0; i < AAD.length; i++) {
            assertRefused(sequence, Hex.tampered(AAD, i), sealed);
        }
        assertRefused(sequence, Arrays.copyOf(AAD, AAD.length - 1), sealed);
        assertRefused(sequence, Arrays.copyOf(AAD, AAD.length + 1), sealed);
    }

    @Test
    void open_anyBitOfSequenceTampered_fails() {
        long sequence = sealing.claim();
        byte[] sealed = seal(sealing, sequence, AAD, PLAIN);
        for (int bit = 0; bit < Long.SIZE; bit++) {
            assertRefused(sequence ^ (1L << bit), AAD, sealed);
        }
    }

    @Test
    void open_truncated_fails() {
        long sequence = sealing.claim();
        byte[] sealed = seal(sealing, sequence, AAD, PLAIN);
        for (int length = 0; length < sealed.length; length++) {
            assertRefused(sequence, AAD, Arrays.copyOf(sealed, length));
        }
    }

    @Test
    void open_otherKey_fails() {
        long sequence = sealing.claim();
        byte[] sealed = seal(sealing, sequence, AAD, PLAIN);
        OpeningKey other = new OpeningKey(SecretBytes.random(32));
        byte[] plain = new byte[PLAIN.length];
        assertThatExceptionOfType(OpenFailedException.class)
                .isThrownBy(() -> other.open(sequence, AAD, AAD.length, sealed, 0, sealed.length, plain));
        assertThat(plain).containsOnly(0);
    }

    @Test
    void open_afterAFailure_stillWorks() throws OpenFailedException {
        long sequence = sealing.claim();
        byte[] sealed = seal(sealing, sequence, AAD, PLAIN);
        assertRefused(sequence, AAD, Hex.tampered(sealed, 0));
        assertThat(open(sequence, AAD, sealed)).isEqualTo(PLAIN);
    }

    @Test
    void claim_inOrder_startsAtZero() {
        assertThat(List.of(sealing.claim(), sealing.claim(), sealing.claim())).containsExactly(0L, 1L, 2L);
    }

    @Test
    void claim_eightThreads_isUniqueWithoutGaps() throws Exception {
        int each = 20_000;
        Set<Long> claimed = ConcurrentHashMap.newKeySet();
        inParallel(() -> {
            for (int i = 0; i < each; i++) {
                claimed.add(sealing.claim());
            }
            return true;
        });
        assertThat(claimed).hasSize(THREADS * each);
        assertThat(Collections.max(claimed)).isEqualTo((long) THREADS * each - 1);
    }

    @Test
    void seal_eightThreads_allOpen() throws Exception {
        inParallel(() -> {
            for (int i = 0; i < 1_000; i++) {
                long sequence = sealing.claim();
                byte[] plain = Hex.text("message " + sequence);
                assertThat(open(sequence, AAD, seal(sealing, sequence, AAD, plain)))
                        .isEqualTo(plain);
            }
            return true;
        });
    }

    @Test
    void claim_lastNumber_isGivenAndNoMore() {
        SealingKey late = new SealingKey(key, (1L << 48) - 1);
        assertThat(late.claim()).isEqualTo((1L << 48) - 1);
        assertThatIllegalStateException().isThrownBy(late::claim);
        assertThatIllegalStateException().isThrownBy(late::claim);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 1, 1L << 48})
    void seal_sequenceNeverClaimed_isRefused(long sequence) {
        sealing.claim();
        assertThatIllegalArgumentException().isThrownBy(() -> seal(sealing, sequence, AAD, PLAIN));
    }

    @Test
    void seal_refusedClaim_isRefused() {
        SealingKey late = new SealingKey(key, 1L << 48);
        assertThatIllegalStateException().isThrownBy(late::claim);
        assertThatIllegalArgumentException().isThrownBy(() -> seal(late, 1L << 48, AAD, PLAIN));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33})
    void constructor_wrongLength_isRefused(int length) {
        SecretBytes wrong = SecretBytes.random(length);
        assertThatIllegalArgumentException().isThrownBy(() -> new SealingKey(wrong));
        assertThatIllegalArgumentException().isThrownBy(() -> new OpeningKey(wrong));
    }

    @Test
    void seal_rangesOutsideTheirArrays_areRefused() {
        long sequence = sealing.claim();
        byte[] out = new byte[PLAIN.length + 16];
        assertOutOfBounds(() -> sealing.seal(sequence, AAD, AAD.length + 1, PLAIN, 0, 1, out, 0));
        assertOutOfBounds(() -> sealing.seal(sequence, AAD, -1, PLAIN, 0, 1, out, 0));
        assertOutOfBounds(() -> sealing.seal(sequence, AAD, 0, PLAIN, 1, PLAIN.length, out, 0));
        assertOutOfBounds(() -> sealing.seal(sequence, AAD, 0, PLAIN, 0, PLAIN.length, out, 1));
        byte[] plain = new byte[PLAIN.length];
        assertOutOfBounds(() -> opening.open(sequence, AAD, 0, out, -1, 16, plain));
        assertOutOfBounds(() -> opening.open(sequence, AAD, 0, out, 0, out.length + 1, plain));
        assertOutOfBounds(() -> opening.open(sequence, AAD, 0, out, 0, out.length, new byte[PLAIN.length - 1]));
    }

    @Test
    void close_whileOthersSeal_neverSealsUnderErasedKey() throws Exception {
        for (int round = 0; round < 200; round++) {
            SealingKey closing = new SealingKey(key);
            Thread closer = new Thread(closing::close);
            closer.start();
            assertEverySealOpens(closing);
            closer.join();
        }
    }

    @Test
    void aesKey_serialization_isRefused() throws Exception {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatExceptionOfType(NotSerializableException.class)
                    .isThrownBy(() -> out.writeObject(AesKey.forSealing(key)));
        }
    }

    private void assertEverySealOpens(SealingKey closing) throws OpenFailedException {
        while (true) {
            long sequence = closing.claim();
            byte[] sealed;
            try {
                sealed = seal(closing, sequence, AAD, PLAIN);
            } catch (IllegalStateException closed) {
                return;
            }
            assertThat(open(sequence, AAD, sealed)).isEqualTo(PLAIN);
        }
    }

    private void assertRefused(long sequence, byte[] aad, byte[] sealed) {
        assertThatExceptionOfType(OpenFailedException.class).isThrownBy(() -> open(sequence, aad, sealed));
    }

    private static void assertOutOfBounds(ThrowingCallable call) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(call);
    }

    private byte[] open(long sequence, byte[] aad, byte[] sealed) throws OpenFailedException {
        byte[] plain = new byte[Math.max(0, sealed.length - SealingKey.TAG_LENGTH)];
        opening.open(sequence, aad, aad.length, sealed, 0, sealed.length, plain);
        return plain;
    }

    private static byte[] seal(SealingKey key, long sequence, byte[] aad, byte[] plain) {
        byte[] out = new byte[plain.length + SealingKey.TAG_LENGTH];
        key.seal(sequence, aad, aad.length, plain, 0, plain.length, out, 0);
        return out;
    }

    private static void inParallel(Callable<Boolean> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<Boolean> done : pool.invokeAll(Collections.nCopies(THREADS, task))) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
