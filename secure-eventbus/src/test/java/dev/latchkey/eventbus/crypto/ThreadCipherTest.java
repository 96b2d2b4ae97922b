// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.ref.WeakReference;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The JDK's cipher keeps its key: once the key is erased, nothing may keep the cipher. */
class ThreadCipherTest {
    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private final AesKey key = key();
    private long sequence;

    @AfterEach
    void stop() {
        other.shutdown();
    }

    private static AesKey key() {
        return AesKey.forSealing(SecretBytes.random(32));
    }

    /** Another key at the same place. */
    private AesKey sharing() {
        AesKey made = key();
        while (made.place() != key.place()) {
            made = key();
        }
        return made;
    }

    /** The cipher of the other thread, which does nothing else afterwards. */
    private WeakReference<Cipher> used(int mode, AesKey used) throws Exception {
        return other.submit(() -> new WeakReference<>(ready(mode, used))).get();
    }

    private Cipher ready(int mode, AesKey used) throws GeneralSecurityException {
        ThreadCiphers ciphers = ThreadCiphers.take(mode);
        try {
            return ciphers.ready(mode, used, sequence++);
        } finally {
            ciphers.giveBack();
        }
    }

    private static void assertGone(WeakReference<Cipher> cipher) {
        await().until(() -> {
            System.gc();
            return cipher.get() == null;
        });
    }

    @Test
    void cipher_whileItsKeyLives_staysAndIsUsedAgain() throws Exception {
        WeakReference<Cipher> cipher = used(Cipher.ENCRYPT_MODE, key);
        key().destroy();
        System.gc();
        assertThat(cipher.get())
                .isNotNull()
                .isSameAs(used(Cipher.ENCRYPT_MODE, key).get());
    }

    @Test
    void keys_ofOnePlace_haveCiphersOfTheirOwn_asFarAsThereAreWays() throws Exception {
        Set<Cipher> ciphers = new HashSet<>();
        ciphers.add(used(Cipher.ENCRYPT_MODE, key).get());
        for (int way = 1; way < ThreadCiphers.WAYS; way++) {
            ciphers.add(used(Cipher.ENCRYPT_MODE, sharing()).get());
        }
        assertThat(ciphers).hasSize(ThreadCiphers.WAYS).doesNotContainNull();
        assertThat(ciphers)
                .contains(used(Cipher.ENCRYPT_MODE, key).get())
                .contains(used(Cipher.ENCRYPT_MODE, sharing()).get());
    }

    @Test
    void key_ofAFullPlace_takesThatOfAKeyThatHasEnded() throws Exception {
        Cipher first = used(Cipher.ENCRYPT_MODE, key).get();
        AesKey ending = sharing();
        used(Cipher.ENCRYPT_MODE, ending);
        for (int way = 2; way < ThreadCiphers.WAYS; way++) {
            used(Cipher.ENCRYPT_MODE, sharing());
        }
        ending.destroy();
        Cipher made = used(Cipher.ENCRYPT_MODE, sharing()).get();
        assertThat(made).isNotNull().isNotSameAs(first);
        assertThat(used(Cipher.ENCRYPT_MODE, key).get()).isSameAs(first);
    }

    @Test
    void keys_ofAFullPlace_takeItsCiphersInTurn() throws Exception {
        for (int way = 0; way < ThreadCiphers.WAYS; way++) {
            used(Cipher.ENCRYPT_MODE, sharing());
        }
        Set<Cipher> taken = new HashSet<>();
        for (int way = 0; way < ThreadCiphers.WAYS; way++) {
            taken.add(used(Cipher.ENCRYPT_MODE, sharing()).get());
        }
        assertThat(taken).hasSize(ThreadCiphers.WAYS).doesNotContainNull();
    }

    @Test
    void keys_ofAllPlaces_findTheirOwn() throws Exception {
        for (int place = 0; place < ThreadCiphers.PLACES; place++) {
            AesKey next = key();
            Cipher own = used(Cipher.ENCRYPT_MODE, next).get();
            assertThat(used(Cipher.ENCRYPT_MODE, next).get()).isNotNull().isSameAs(own);
        }
    }

    @Test
    void keys_madeOneAfterTheOther_haveCiphersOfTheirOwn() throws Exception {
        AesKey next = key();
        Cipher first = used(Cipher.ENCRYPT_MODE, key).get();
        assertThat(first).isNotNull();
        assertThat(used(Cipher.ENCRYPT_MODE, next).get()).isNotNull().isNotSameAs(first);
        assertThat(used(Cipher.ENCRYPT_MODE, key).get()).isSameAs(first);
        next.destroy();
        assertThat(used(Cipher.ENCRYPT_MODE, key).get()).isSameAs(first);
    }

    /** So many keys in turn that none finds the cipher that it had. */
    private List<AesKey> crowd() throws Exception {
        List<AesKey> keys = Stream.generate(ThreadCipherTest::key)
                .limit(4 * ThreadCiphers.PLACES * ThreadCiphers.WAYS)
                .toList();
        useAll(keys, 2);
        assertThat(isCrowded()).isTrue();
        return keys;
    }

    private void useAll(List<AesKey> keys, int times) throws Exception {
        other.submit(() -> {
                    for (int time = 0; time < times; time++) {
                        for (AesKey used : keys) {
                            ready(Cipher.ENCRYPT_MODE, used);
                        }
                    }
                    return null;
                })
                .get();
    }

    private boolean isCrowded() throws Exception {
        return other.submit(() -> ThreadCiphers.take(Cipher.ENCRYPT_MODE).isCrowded())
                .get();
    }

    @Test
    void keys_asManyAsThereAreCiphers_keepTheirOwn() throws Exception {
        List<AesKey> keys = Stream.generate(ThreadCipherTest::key)
                .limit(ThreadCiphers.PLACES * ThreadCiphers.WAYS)
                .toList();
        useAll(keys, 5);
        assertThat(isCrowded()).isFalse();
    }

    @Test
    void keys_farMoreThanCiphers_shareOne_andTheOthersAreLetGo() throws Exception {
        WeakReference<Cipher> own = used(Cipher.ENCRYPT_MODE, key);
        List<AesKey> keys = crowd();
        assertGone(own);
        assertThat(used(Cipher.ENCRYPT_MODE, keys.get(0)).get())
                .isNotNull()
                .isSameAs(used(Cipher.ENCRYPT_MODE, keys.get(1)).get())
                .isSameAs(used(Cipher.ENCRYPT_MODE, key).get());
    }

    @Test
    void keys_farMoreThanCiphers_sealWhatOpens() throws Exception {
        List<AesKey> keys = crowd();
        for (AesKey used : List.of(keys.get(0), keys.get(1), keys.get(0))) {
            byte[] sealed = new byte[8 + AesGcm.TAG_LENGTH];
            long number = sequence++;
            other.submit(() -> AesGcm.encrypt(used, number, new byte[0], 0, new byte[8], 0, 8, sealed, 0))
                    .get();
            byte[] opened = {1, 1, 1, 1, 1, 1, 1, 1};
            AesGcm.decrypt(used, number, new byte[0], 0, sealed, 0, sealed.length, opened);
            assertThat(opened).containsOnly(0);
        }
    }

    @Test
    void destroy_ofTheKeyThatTheSharedOneUsedLast_dropsIt() throws Exception {
        AesKey last = crowd().get(0);
        WeakReference<Cipher> shared = used(Cipher.ENCRYPT_MODE, last);
        last.destroy();
        assertGone(shared);
    }

    @Test
    void keys_fewAgain_haveTheirOwnAgain() throws Exception {
        List<AesKey> few = crowd().subList(0, 4);
        useAll(few, ThreadCiphers.WINDOW);
        assertThat(isCrowded()).isFalse();
        assertThat(used(Cipher.ENCRYPT_MODE, few.get(0)).get())
                .isNotSameAs(used(Cipher.ENCRYPT_MODE, few.get(1)).get())
                .isSameAs(used(Cipher.ENCRYPT_MODE, few.get(0)).get());
    }

    @Test
    void virtualThreads_oneAfterTheOther_useTheSameCipher() throws Exception {
        assumeTrue(VirtualThread.areThere());
        Cipher first = onVirtualThread();
        assertThat(onVirtualThread()).isSameAs(first);
        assertThat(ready(Cipher.ENCRYPT_MODE, key)).isNotSameAs(first);
    }

    @Test
    void virtualThreads_atTheSameTime_useCiphersOfTheirOwn() throws Exception {
        assumeTrue(VirtualThread.areThere());
        AtomicReference<Cipher> meanwhile = new AtomicReference<>();
        AtomicReference<Cipher> mine = new AtomicReference<>();
        VirtualThread.run(() -> {
            ThreadCiphers ciphers = ThreadCiphers.take(Cipher.ENCRYPT_MODE);
            mine.set(ciphers.ready(Cipher.ENCRYPT_MODE, key, sequence++));
            meanwhile.set(onVirtualThread());
            ciphers.giveBack();
        });
        assertThat(meanwhile.get()).isNotNull().isNotSameAs(requireNonNull(mine.get()));
    }

    @Test
    void destroy_ofAKeyThatAVirtualThreadUsed_dropsItsCipher() throws Exception {
        assumeTrue(VirtualThread.areThere());
        WeakReference<Cipher> cipher = new WeakReference<>(onVirtualThread());
        key.destroy();
        assertGone(cipher);
    }

    private Cipher onVirtualThread() throws Exception {
        AtomicReference<Cipher> used = new AtomicReference<>();
        VirtualThread.run(() -> used.set(ready(Cipher.ENCRYPT_MODE, key)));
        return requireNonNull(used.get());
    }

    /** A ticket that is opened between two messages would otherwise cost the next message its cipher. */
    @Test
    void keys_ofOneUse_shareAPlaceOfTheirOwn() {
        int first = AesKey.forOneUse(SecretBytes.random(32)).place();
        assertThat(AesKey.forOneUse(SecretBytes.random(32)).place()).isEqualTo(first);
        assertThat(IntStream.range(0, 2 * ThreadCiphers.PLACES).map(i -> key().place()))
                .doesNotContain(first);
    }

    @Test
    void keys_ofTheOtherDirection_takeNoPlaceOfThisOne() {
        int first = key().place();
        AesKey.forOpening(SecretBytes.random(32));
        assertThat(key().place()).isEqualTo((first + 1) % ThreadCiphers.PLACES);
    }

    @Test
    void destroy_dropsTheSealingCipherOfAnotherThread() throws Exception {
        WeakReference<Cipher> cipher = used(Cipher.ENCRYPT_MODE, key);
        key.destroy();
        assertGone(cipher);
    }

    @Test
    void destroy_dropsTheOpeningCipherOfAnotherThread() throws Exception {
        WeakReference<Cipher> cipher = used(Cipher.DECRYPT_MODE, key);
        key.destroy();
        assertGone(cipher);
    }

    /** One cipher for both would still have the key that it last sealed with, while another is noted as its last. */
    @Test
    void destroy_ofAKeySealedWithBeforeAnotherOpened_dropsTheSealingCipher() throws Exception {
        WeakReference<Cipher> cipher = used(Cipher.ENCRYPT_MODE, key);
        used(Cipher.DECRYPT_MODE, sharing());
        key.destroy();
        assertGone(cipher);
    }

    @Test
    void destroy_afterAnErasedKeyWasTried_leavesNoCipherWithTheKeyBefore() throws Exception {
        WeakReference<Cipher> cipher = used(Cipher.ENCRYPT_MODE, key);
        AesKey erased = sharing();
        erased.destroy();
        other.submit(() -> assertThatIllegalStateException().isThrownBy(() -> ready(Cipher.ENCRYPT_MODE, erased)))
                .get();
        key.destroy();
        assertGone(cipher);
    }

    /** It may hold another key than the one that it was given last. */
    @Test
    void use_thatFailsHalfway_leavesItsCipherToNobody() throws Exception {
        Cipher before = used(Cipher.ENCRYPT_MODE, key).get();
        Cipher halfway = other.submit(
                        () -> ThreadCiphers.take(Cipher.ENCRYPT_MODE).ready(Cipher.ENCRYPT_MODE, key, sequence++))
                .get();
        Cipher after = used(Cipher.ENCRYPT_MODE, key).get();
        assertThat(halfway).isSameAs(before);
        assertThat(after).isNotNull().isNotSameAs(before);
        assertThat(used(Cipher.ENCRYPT_MODE, key).get()).isSameAs(after);
    }

    @Test
    void use_onAVirtualThreadThatFailsHalfway_leavesItsCipherToNobody() throws Exception {
        assumeTrue(VirtualThread.areThere());
        AtomicReference<Cipher> halfway = new AtomicReference<>();
        VirtualThread.run(
                () -> halfway.set(ThreadCiphers.take(Cipher.ENCRYPT_MODE).ready(Cipher.ENCRYPT_MODE, key, sequence++)));
        assertThat(onVirtualThread()).isNotSameAs(requireNonNull(halfway.get()));
    }

    /** Anyone on the bus can send what does not open. */
    @Test
    void opening_ofWhatIsForged_costsNoCipher() throws Exception {
        Cipher before = used(Cipher.DECRYPT_MODE, key).get();
        byte[] forged = new byte[8 + AesGcm.TAG_LENGTH];
        other.submit(() -> assertThatThrownBy(() ->
                                AesGcm.decrypt(key, sequence++, new byte[0], 0, forged, 0, forged.length, new byte[8]))
                        .isInstanceOf(OpenFailedException.class))
                .get();
        assertThat(used(Cipher.DECRYPT_MODE, key).get()).isNotNull().isSameAs(before);
    }

    @Test
    void sealing_thatEnds_keepsItsCipher() throws Exception {
        Cipher before = used(Cipher.ENCRYPT_MODE, key).get();
        byte[] sealed = new byte[8 + AesGcm.TAG_LENGTH];
        other.submit(() -> AesGcm.encrypt(key, sequence++, new byte[0], 0, new byte[8], 0, 8, sealed, 0))
                .get();
        assertThat(used(Cipher.ENCRYPT_MODE, key).get()).isNotNull().isSameAs(before);
    }

    @Test
    void opening_thatEnds_keepsItsCipher() throws Exception {
        byte[] sealed = new byte[8 + AesGcm.TAG_LENGTH];
        AesGcm.encrypt(key, 77, new byte[0], 0, new byte[8], 0, 8, sealed, 0);
        Cipher before = used(Cipher.DECRYPT_MODE, key).get();
        other.submit(() -> {
                    AesGcm.decrypt(key, 77, new byte[0], 0, sealed, 0, sealed.length, new byte[8]);
                    return null;
                })
                .get();
        assertThat(used(Cipher.DECRYPT_MODE, key).get()).isNotNull().isSameAs(before);
    }
}
