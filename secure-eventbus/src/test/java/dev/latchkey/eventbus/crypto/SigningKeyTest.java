// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
    private static final byte[] MESSAGE = Hex.text("a notice");
    private static final String SPKI_PREFIX = "302a300506032b6570032100";
    private static final String RFC_MESSAGE_1024 =
            "08b8b2b733424243760fe426a4b54908632110a66c2f6591eabd3345e3e4eb98fa6e264bf09efe12ee50f8f54e9f77b1e355"
                    + "f6c50544e23fb1433ddf73be84d879de7c0046dc4996d9e773f4bc9efe5738829adb26c81b37c93a1b270b20329d658675fc"
                    + "6ea534e0810a4432826bf58c941efb65d57a338bbd2e26640f89ffbc1a858efcb8550ee3a5e1998bd177e93a7363c344fe6b"
                    + "199ee5d02e82d522c4feba15452f80288a821a579116ec6dad2b3b310da903401aa62100ab5d1a36553e06203b33890cc9b8"
                    + "32f79ef80560ccb9a39ce767967ed628c6ad573cb116dbefefd75499da96bd68a8a97b928a8bbc103b6621fcde2beca1231d"
                    + "206be6cd9ec7aff6f6c94fcd7204ed3455c68c83f4a41da4af2b74ef5c53f1d8ac70bdcb7ed185ce81bd84359d44254d9562"
                    + "9e9855a94a7c1958d1f8ada5d0532ed8a5aa3fb2d17ba70eb6248e594e1a2297acbbb39d502f1a8c6eb6f1ce22b3de1a1f40"
                    + "cc24554119a831a9aad6079cad88425de6bde1a9187ebb6092cf67bf2b13fd65f27088d78b7e883c8759d2c4f5c65adb7553"
                    + "878ad575f9fad878e80a0c9ba63bcbcc2732e69485bbc9c90bfbd62481d9089beccf80cfe2df16a2cf65bd92dd597b0707e0"
                    + "917af48bbb75fed413d238f5555a7a569d80c3414a8d0859dc65a46128bab27af87a71314f318c782b23ebfe808b82b0ce26"
                    + "401d2e22f04d83d1255dc51addd3b75a2b1ae0784504df543af8969be3ea7082ff7fc9888c144da2af58429ec96031dbcad3"
                    + "dad9af0dcbaaaf268cb8fcffead94f3c7ca495e056a9b47acdb751fb73e666c6c655ade8297297d07ad1ba5e43f1bca32301"
                    + "651339e22904cc8c42f58c30c04aafdb038dda0847dd988dcda6f3bfd15c4b4c4525004aa06eeff8ca61783aacec57fb3d1f"
                    + "92b0fe2fd1a85f6724517b65e614ad6808d6f6ee34dff7310fdc82aebfd904b01e1dc54b2927094b2db68d6f903b68401ade"
                    + "bf5a7e08d78ff4ef5d63653a65040cf9bfd4aca7984a74d37145986780fc0b16ac451649de6188a7dbdf191f64b5fc5e2ab4"
                    + "7b57f7f7276cd419c17a3ca8e1b939ae49e488acba6b965610b5480109c8b17b80e1b7b750dfc7598d5d5011fd2dcc5600a3"
                    + "2ef5b52a1ecc820e308aa342721aac0943bf6686b64b2579376504ccc493d97e6aed3fb0f9cd71a43dd497f01f17c0e2cb37"
                    + "97aa2a2f256656168e6c496afc5fb93246f6b1116398a346f1a641f3b041e989f7914f90cc2c7fff357876e506b50d334ba7"
                    + "7c225bc307ba537152f3f1610e4eafe595f6d9d90d11faa933a15ef1369546868a7f3a45a96768d40fd9d03412c091c6315c"
                    + "f4fde7cb68606937380db2eaaa707b4c4185c32eddcdd306705e4dc1ffc872eeee475a64dfac86aba41c0618983f8741c5ef"
                    + "68d3a101e8a3b8cac60c905c15fc910840b94c00a0b9d0";
    private static final BigInteger GROUP_ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private final SigningKey key = SigningKey.generate();

    // RFC 8032, section 7.1: private key, public key, message, signature.
    static Stream<Arguments> rfcVectors() {
        return Stream.of(
                Arguments.of(
                        "TEST 1",
                        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                        "",
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                                + "d25bf5f0595bbe24655141438e7a100b"),
                Arguments.of(
                        "TEST 2",
                        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                        "72",
                        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                                + "387b2eaeb4302aeeb00d291612bb0c00"),
                Arguments.of(
                        "TEST 3",
                        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                        "af82",
                        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                                + "4a7c15e9716ed28dc027beceea1ec40a"),
                Arguments.of(
                        "TEST 1024",
                        "f5e5767cf153319517630f226876b86c8160cc583bc013744c6bf255f5cc0ee5",
                        "278117fc144c72340f67d0f2316e8386ceffbf2b2428c9c51fef7c597f1d426e",
                        RFC_MESSAGE_1024,
                        "0aab4c900501b3e24d7cdf4663326a3a87df5e4843b2cbdb67cbf6e460fec350aa5371b1508f9f4528ecea23c436d94b"
                                + "5e8fcd4f681e30a6ac00a9704a188a03"),
                Arguments.of(
                        "TEST SHA(abc)",
                        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
                        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
                        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
                                + "454d4423643ce80e2a9ac94fa54ca49f",
                        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
                                + "3dca179c138ac17ad9bef1177331a704"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rfcVectors")
    void sign_rfcVector_matches(String name, String privateKey, String publicKey, String message, String signature) {
        SigningKey rfc = SigningKey.of(SecretBytes.taking(Hex.bytes(privateKey)));
        assertThat(Hex.of(rfc.verifyingKey().encoded())).as(name).isEqualTo(publicKey);
        assertThat(Hex.of(rfc.sign(Hex.bytes(message)))).as(name).isEqualTo(signature);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rfcVectors")
    void verify_rfcVector_isTrue(String name, String privateKey, String publicKey, String message, String signature) {
        VerifyingKey rfc = VerifyingKey.of(Hex.bytes(publicKey));
        assertThat(rfc.verify(Hex.bytes(message), Hex.bytes(signature)))
                .as(name)
                .isTrue();
    }

    @Test
    void sign_jdkVerifies_too() throws Exception {
        assertThat(jdkVerifies(MESSAGE, key.sign(MESSAGE))).isTrue();
        assertThat(jdkVerifies(Hex.tampered(MESSAGE, 0), key.sign(MESSAGE))).isFalse();
    }

    @Test
    void verify_anyByteOfSignatureTampered_isFalse() {
        byte[] signature = key.sign(MESSAGE);
        for (int i = 0; i < signature.length; i++) {
            assertThat(key.verifyingKey().verify(MESSAGE, Hex.tampered(signature, i)))
                    .isFalse();
        }
    }

    @Test
    void verify_otherMessageOrKey_isFalse() {
        byte[] signature = key.sign(MESSAGE);
        assertThat(key.verifyingKey().verify(Hex.tampered(MESSAGE, 0), signature))
                .isFalse();
        assertThat(key.verifyingKey().verify(new byte[0], signature)).isFalse();
        assertThat(SigningKey.generate().verifyingKey().verify(MESSAGE, signature))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32, 63, 65, 128})
    void verify_signatureOfWrongLength_isFalse(int length) {
        assertThat(key.verifyingKey().verify(MESSAGE, Arrays.copyOf(key.sign(MESSAGE), length)))
                .isFalse();
    }

    @Test
    void verify_garbage_isFalse() {
        for (int i = 0; i < 200; i++) {
            assertThat(key.verifyingKey().verify(MESSAGE, SecretBytes.random(64).copy()))
                    .isFalse();
        }
    }

    // RFC 8032, section 5.1.7: S must be below the group order, or every signature would have a twin.
    @Test
    void verify_signatureWithGroupOrderAdded_isFalse() {
        byte[] signature = key.sign(MESSAGE);
        BigInteger s = new BigInteger(1, reversed(Arrays.copyOfRange(signature, 32, 64)));
        byte[] twin = signature.clone();
        byte[] larger = reversed(s.add(GROUP_ORDER).toByteArray());
        System.arraycopy(larger, 0, twin, 32, larger.length);
        assertThat(key.verifyingKey().verify(MESSAGE, twin)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void of_wrongLength_isRefused(int length) {
        SecretBytes wrong = SecretBytes.random(length);
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.of(wrong));
        assertThatIllegalArgumentException().isThrownBy(() -> VerifyingKey.of(wrong.copy()));
    }

    // Not on the curve; points of order 1, 2, 4 and 8; order 1 written as y = p + 1; TEST 1's key plus the point of
    // order 2.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0200000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "16a567fe7d4ef5482ab4012c369bf8c5f11e8d0c2559dcda50fde59708f8aee5"
            })
    void of_notAPrimeOrderPoint_isRefused(String encoded) {
        assertThatIllegalArgumentException().isThrownBy(() -> VerifyingKey.of(Hex.bytes(encoded)));
    }

    @Test
    void of_ownPrivateKey_isTheSameKey() {
        SigningKey same = SigningKey.of(key.privateKey());
        assertThat(same.verifyingKey()).isEqualTo(key.verifyingKey());
        assertThat(same.sign(MESSAGE)).isEqualTo(key.sign(MESSAGE));
    }

    @Test
    void equals_byEncoding_isAValue() {
        VerifyingKey same = VerifyingKey.of(key.verifyingKey().encoded());
        assertThat(same).isEqualTo(key.verifyingKey()).hasSameHashCodeAs(key.verifyingKey());
        assertThat(same).isNotEqualTo(SigningKey.generate().verifyingKey()).isNotEqualTo("key");
    }

    @Test
    void encoded_arraysChanged_leaveTheKeyAlone() {
        byte[] given = key.verifyingKey().encoded();
        VerifyingKey copy = VerifyingKey.of(given);
        given[0] ^= 1;
        copy.encoded()[0] ^= 1;
        assertThat(copy).isEqualTo(key.verifyingKey());
    }

    @Test
    void fingerprint_anyKey_isTheSha256OfItsEncoding() throws Exception {
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(key.verifyingKey().encoded());
        assertThat(key.verifyingKey().fingerprint()).isEqualTo(Hex.of(hash));
        assertThat(key.verifyingKey())
                .hasToString("VerifyingKey[" + Hex.of(hash).substring(0, 16) + "]");
    }

    private boolean jdkVerifies(byte[] message, byte[] signature) throws Exception {
        byte[] spki = Hex.bytes(SPKI_PREFIX + Hex.of(key.verifyingKey().encoded()));
        PublicKey publicKey = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
        Signature jdk = Signature.getInstance("Ed25519", "SunEC");
        jdk.initVerify(publicKey);
        jdk.update(message);
        return jdk.verify(signature);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] out = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            out[i] = bytes[bytes.length - 1 - i];
        }
        return out;
    }

    /** A signer somewhere else, which in truth is another key here. */
    private static final class Elsewhere implements Signer {
        private final SigningKey key = SigningKey.generate();
        private boolean closed;

        @Override
        public byte[] sign(byte[] message) {
            return key.sign(message);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void by_signerElsewhere_signs_andItsKeyCannotBeHad() {
        Elsewhere elsewhere = new Elsewhere();
        SigningKey key = SigningKey.by(elsewhere, elsewhere.key.verifyingKey());
        assertThat(key.verifyingKey().verify(new byte[] {1}, key.sign(new byte[] {1})))
                .isTrue();
        assertThatThrownBy(key::privateKey)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be had");
        key.close();
        assertThat(elsewhere.closed).isTrue();
    }

    @Test
    void by_keyThatTheSignerHasNot_isRefused() {
        Elsewhere elsewhere = new Elsewhere();
        VerifyingKey other = SigningKey.generate().verifyingKey();
        assertThatThrownBy(() -> SigningKey.by(elsewhere, other)).isInstanceOf(IllegalArgumentException.class);
    }
}
