// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.HpkeReceiver;
import dev.latchkey.eventbus.crypto.HpkeSender;
import java.nio.ByteBuffer;
import java.security.Security;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.CryptoServicesConstraints;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.junit.jupiter.api.Test;

/** The instrument itself: that it sees what is sealed, and finds what is sealed twice. */
class SealWatchTest {
    private static final byte[] NOTHING = {};

    private final NonceLedger ledger = new NonceLedger();
    private final WatchedProvider provider = new WatchedProvider(Security.getProvider("SunJCE"), ledger);

    private static byte[] key(int number) {
        return ByteBuffer.allocate(32).putInt(number).array();
    }

    private static byte[] nonce(long number) {
        return ByteBuffer.allocate(12).putLong(4, number).array();
    }

    private byte[] seal(int key, long nonce) throws Exception {
        return cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(new byte[5]);
    }

    private Cipher cipher(int mode, int key, long nonce) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
        cipher.init(mode, new SecretKeySpec(key(key), "AES"), new GCMParameterSpec(128, nonce(nonce)));
        return cipher;
    }

    @Test
    void ledger_manyPairs_findsTheOneThatRepeats() {
        for (int i = 0; i < 1_000_000; i++) {
            ledger.sealed(key(i % 1000), nonce(i / 1000));
        }
        assertThat(ledger.repeats()).isZero();
        assertThat(ledger.keys()).isEqualTo(1000);
        ledger.sealed(key(123), nonce(456));
        assertThat(ledger.repeats()).isOne();
        assertThat(ledger.seals()).isEqualTo(1_000_001);
    }

    @Test
    void set_zeroTwice_isFound() {
        LongSet set = new LongSet();
        assertThat(set.add(0)).isTrue();
        assertThat(set.add(0)).isFalse();
        assertThat(set.size()).isOne();
    }

    @Test
    void cipher_otherKeyOrOtherNonce_isNoRepeat() throws Exception {
        seal(1, 1);
        seal(1, 2);
        seal(2, 1);
        assertThat(ledger.seals()).isEqualTo(3);
        assertThat(ledger.keys()).isEqualTo(2);
        assertThat(ledger.repeats()).isZero();
    }

    @Test
    void cipher_sameKeyAndNonce_isARepeat() throws Exception {
        seal(1, 1);
        seal(2, 1);
        seal(1, 1);
        assertThat(ledger.repeats()).isOne();
    }

    @Test
    void cipher_opening_isNoSeal() throws Exception {
        byte[] sealed = seal(1, 1);
        cipher(Cipher.DECRYPT_MODE, 1, 1).doFinal(sealed);
        assertThat(ledger.seals()).isOne();
    }

    @Test
    void hpke_eachContextSealingOnce_isNoRepeat_andOneSealingTwiceIs() throws Exception {
        HpkeWatch watch = new HpkeWatch(ledger);
        CryptoServicesConstraints before = CryptoServicesRegistrar.getServicesConstraints();
        watch.install();
        try (HpkeKeyPair pair = HpkeKeyPair.generate()) {
            HpkeSender one = HpkeSender.to(pair.publicKey(), NOTHING);
            HpkeReceiver.from(pair, one.encapsulatedKey(), NOTHING).open(NOTHING, one.seal(NOTHING, new byte[5]));
            HpkeSender.to(pair.publicKey(), NOTHING).seal(NOTHING, new byte[5]);
            assertThat(watch.seals()).isEqualTo(2);
            assertThat(ledger.repeats()).isZero();
            one.seal(NOTHING, new byte[5]);
            assertThat(ledger.repeats()).isOne();
        } finally {
            CryptoServicesRegistrar.setServicesConstraints(before);
        }
    }
}
