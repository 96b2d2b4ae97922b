// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HpkeTest {
    private static final byte[] NONE = {};
    private static final byte[] AAD = Hex.text("aad");
    private static final byte[] PLAIN = Hex.text("seed and operations");

    // RFC 9180, appendix A.1.1.
    private static final byte[] INFO = Hex.bytes("4f6465206f6e2061204772656369616e2055726e");
    private static final byte[] EPHEMERAL =
            Hex.bytes("52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736");
    private static final byte[] PRIVATE = Hex.bytes("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8");
    private static final String PUBLIC = "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d";
    private static final String ENCAPSULATED = "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431";
    private static final byte[] VERSE = Hex.bytes("4265617574792069732074727574682c20747275746820626561757479");
    private static final Map<Integer, String> SEALED_VERSES = Map.of(
            0, "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
            1, "af2d7e9ac9ae7e270f46ba1f975be53c09f8d875bdc8535458c2494e8a6eab251c03d0c22a56b8ca42c2063b84",
            2, "498dfcabd92e8acedc281e85af1cb4e3e31c7dc394a1ca20e173cb72516491588d96a19ad4a683518973dcc180",
            4, "583bd32bc67a5994bb8ceaca813d369bca7b2a42408cddef5e22f880b631215a09fc0012bc69fccaa251c0246d",
            255, "7175db9717964058640a3a11fb9007941a5d1757fda1a6935c805c21af32505bf106deefec4a49ac38d71c9e0a",
            256, "957f9800542b0b8891badb026d79cc54597cb2d225b54c00c5238c25d05c30e3fbeda97d2e0e1aba483a2df9f2");

    private final HpkeKeyPair pair = HpkeKeyPair.generate();

    @Test
    void of_rfcKey_hasTheRfcsPublicKey() {
        assertThat(Hex.of(rfcPair().publicKey())).isEqualTo(PUBLIC);
    }

    @Test
    void to_rfcEphemeral_givesTheRfcsEncapsulatedKey() {
        assertThat(Hex.of(rfcSender().encapsulatedKey())).isEqualTo(ENCAPSULATED);
    }

    @Test
    void sealAndOpen_rfcEncryptions_match() throws OpenFailedException {
        HpkeSender sender = rfcSender();
        HpkeReceiver receiver = rfcReceiver();
        int checked = 0;
        for (int sequence = 0; sequence <= 256; sequence++) {
            byte[] aad = Hex.text("Count-" + sequence);
            String sealed = Hex.of(sender.seal(aad, VERSE));
            assertThat(receiver.open(aad, Hex.bytes(SEALED_VERSES.getOrDefault(sequence, sealed))))
                    .isEqualTo(VERSE);
            assertThat(sealed).isEqualTo(SEALED_VERSES.getOrDefault(sequence, sealed));
            checked += SEALED_VERSES.containsKey(sequence) ? 1 : 0;
        }
        assertThat(checked).isEqualTo(SEALED_VERSES.size());
    }

    // RFC 9180, appendix A.1.1.2.
    @ParameterizedTest
    @CsvSource({
        "'', 3853fe2b4035195a573ffc53856e77058e15d9ea064de3e59f4961d0095250ee",
        "00, 2e8f0b54673c7029649d4eb9d5e33bf1872cf76d623ff164ac185da9e88c21a5",
        "54657374436f6e74657874, e9e43065102c3836401bed8c3c3c75ae46be1639869391d62c61f1ec7af54931"
    })
    void export_rfcContexts_match(String context, String exported) throws OpenFailedException {
        assertThat(Hex.of(rfcSender().export(Hex.bytes(context), 32))).isEqualTo(exported);
        assertThat(Hex.of(rfcReceiver().export(Hex.bytes(context), 32))).isEqualTo(exported);
    }

    @Test
    void open_sealed_givesPlaintextInOrder() throws OpenFailedException {
        HpkeSender sender = HpkeSender.to(pair.publicKey(), INFO);
        HpkeReceiver receiver = HpkeReceiver.from(pair, sender.encapsulatedKey(), INFO);
        assertThat(receiver.open(AAD, sender.seal(AAD, PLAIN))).isEqualTo(PLAIN);
        assertThat(receiver.open(NONE, sender.seal(NONE, NONE))).isEmpty();
    }

    @Test
    void to_twice_hasAFreshEphemeralKey() {
        assertThat(HpkeSender.to(pair.publicKey(), INFO).encapsulatedKey())
                .hasSize(32)
                .isNotEqualTo(HpkeSender.to(pair.publicKey(), INFO).encapsulatedKey());
    }

    @Test
    void open_anyByteTampered_fails() throws OpenFailedException {
        HpkeSender sender = HpkeSender.to(pair.publicKey(), INFO);
        HpkeReceiver receiver = HpkeReceiver.from(pair, sender.encapsulatedKey(), INFO);
        byte[] sealed = sender.seal(AAD, PLAIN);
        for (int i = 0; i < sealed.length; i++) {
            assertRefused(receiver, AAD, Hex.tampered(sealed, i));
        }
        assertThat(receiver.open(AAD, sealed)).as("failures do not count").isEqualTo(PLAIN);
    }

    @Test
    void open_truncated_fails() throws OpenFailedException {
        HpkeSender sender = HpkeSender.to(pair.publicKey(), INFO);
        HpkeReceiver receiver = HpkeReceiver.from(pair, sender.encapsulatedKey(), INFO);
        byte[] sealed = sender.seal(AAD, PLAIN);
        for (int length = 0; length < sealed.length; length++) {
            assertRefused(receiver, AAD, Arrays.copyOf(sealed, length));
        }
    }

    @Test
    void open_otherAadInfoKeyOrOrder_fails() throws OpenFailedException {
        HpkeSender sender = HpkeSender.to(pair.publicKey(), INFO);
        byte[] enc = sender.encapsulatedKey();
        byte[] first = sender.seal(AAD, PLAIN);
        assertRefused(HpkeReceiver.from(pair, enc, INFO), NONE, first);
        assertRefused(HpkeReceiver.from(pair, enc, NONE), AAD, first);
        assertRefused(HpkeReceiver.from(HpkeKeyPair.generate(), enc, INFO), AAD, first);
        assertRefused(HpkeReceiver.from(pair, enc, INFO), AAD, sender.seal(AAD, PLAIN));
    }

    @Test
    void open_sameMessageTwice_fails() throws OpenFailedException {
        HpkeSender sender = HpkeSender.to(pair.publicKey(), INFO);
        HpkeReceiver receiver = HpkeReceiver.from(pair, sender.encapsulatedKey(), INFO);
        byte[] sealed = sender.seal(AAD, PLAIN);
        assertThat(receiver.open(AAD, sealed)).isEqualTo(PLAIN);
        assertRefused(receiver, AAD, sealed);
    }

    // The points of low order and their non-canonical encodings: cr.yp.to/ecdh.html, "validate".
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000080"
            })
    void anySetUp_lowOrderPoint_isRefused(String point) {
        byte[] key = Hex.bytes(point);
        assertThatIllegalArgumentException().isThrownBy(() -> HpkeSender.to(key, INFO));
        assertThatExceptionOfType(OpenFailedException.class).isThrownBy(() -> HpkeReceiver.from(pair, key, INFO));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33, 65, 1000})
    void anySetUp_keyOfWrongLength_isRefused(int length) {
        byte[] key = SecretBytes.random(length).copy();
        assertThatIllegalArgumentException().isThrownBy(() -> HpkeSender.to(key, INFO));
        assertThatExceptionOfType(OpenFailedException.class).isThrownBy(() -> HpkeReceiver.from(pair, key, INFO));
    }

    @Test
    void open_garbageEncapsulatedKey_fails() {
        byte[] sealed = HpkeSender.to(pair.publicKey(), INFO).seal(AAD, PLAIN);
        for (int i = 0; i < 50; i++) {
            byte[] garbage = SecretBytes.random(32).copy();
            assertThatExceptionOfType(OpenFailedException.class)
                    .isThrownBy(() -> HpkeReceiver.from(pair, garbage, INFO).open(AAD, sealed));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8160})
    void export_shortestAndLongest_areGiven(int length) throws OpenFailedException {
        assertThat(rfcSender().export(NONE, length).sameAs(rfcReceiver().export(NONE, length)))
                .isTrue();
        assertThat(rfcSender().export(NONE, length).length()).isEqualTo(length);
    }

    @Test
    void toString_bothSides_hideTheirKeys() throws OpenFailedException {
        assertThat(rfcSender()).hasToString("HpkeSender[secret]");
        assertThat(rfcReceiver()).hasToString("HpkeReceiver[secret]");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 8161})
    void export_lengthOutOfBounds_isRefused(int length) {
        HpkeSender sender = HpkeSender.to(pair.publicKey(), INFO);
        assertThatIllegalArgumentException().isThrownBy(() -> sender.export(NONE, length));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void of_privateKeyOfWrongLength_isRefused(int length) {
        SecretBytes key = SecretBytes.random(length);
        assertThatIllegalArgumentException().isThrownBy(() -> HpkeKeyPair.of(key));
    }

    @Test
    void of_generatedPrivateKey_isTheSamePair() {
        assertThat(HpkeKeyPair.of(pair.privateKey()).publicKey()).isEqualTo(pair.publicKey());
        assertThat(HpkeKeyPair.generate().publicKey()).isNotEqualTo(pair.publicKey());
    }

    @Test
    void open_keyPairClosedAfterSetUp_works() throws OpenFailedException {
        HpkeSender sender = HpkeSender.to(pair.publicKey(), INFO);
        HpkeReceiver receiver = HpkeReceiver.from(pair, sender.encapsulatedKey(), INFO);
        pair.close();
        assertThat(receiver.open(AAD, sender.seal(AAD, PLAIN))).isEqualTo(PLAIN);
    }

    private static HpkeKeyPair rfcPair() {
        return HpkeKeyPair.of(SecretBytes.copyOf(PRIVATE));
    }

    private static HpkeSender rfcSender() {
        return HpkeSender.to(Hex.bytes(PUBLIC), INFO, HpkeKeyPair.of(SecretBytes.copyOf(EPHEMERAL)));
    }

    private static HpkeReceiver rfcReceiver() throws OpenFailedException {
        return HpkeReceiver.from(rfcPair(), Hex.bytes(ENCAPSULATED), INFO);
    }

    private static void assertRefused(HpkeReceiver receiver, byte[] aad, byte[] sealed) {
        assertThatExceptionOfType(OpenFailedException.class).isThrownBy(() -> receiver.open(aad, sealed));
    }
}
