// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SaltedBoxTest {
    private static final byte[] AAD = Hex.text("map/key");
    private static final byte[] PLAIN = Hex.text("a record of more than sixteen bytes");

    private final SecretBytes secret = SecretBytes.random(32);
    private final SaltedBox box = new SaltedBox(secret, "state");

    @Test
    void open_sealed_givesPlaintext() throws OpenFailedException {
        assertThat(box.open(AAD, box.seal(AAD, PLAIN))).isEqualTo(PLAIN);
        assertThat(box.open(AAD, box.seal(AAD, new byte[0]))).isEmpty();
    }

    @Test
    void open_anotherBoxOfSameSecretAndPurpose_works() throws OpenFailedException {
        assertThat(new SaltedBox(secret, "state").open(AAD, box.seal(AAD, PLAIN)))
                .isEqualTo(PLAIN);
    }

    @Test
    void seal_layout_isSaltCiphertextTagUnderTheDocumentedKey() throws Exception {
        byte[] sealed = box.seal(AAD, PLAIN);
        byte[] salt = Arrays.copyOf(sealed, 32);
        byte[] key = Hkdf.derive(secret.copy(), salt, Hex.text("latchkey/1 box state"), 32);
        Cipher jdk = Cipher.getInstance("AES/GCM/NoPadding");
        jdk.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, new byte[12]));
        jdk.updateAAD(AAD);
        assertThat(sealed).hasSize(PLAIN.length + SaltedBox.OVERHEAD).hasSize(32 + PLAIN.length + 16);
        assertThat(jdk.doFinal(sealed, 32, sealed.length - 32)).isEqualTo(PLAIN);
    }

    @Test
    void seal_samePlaintext_neverRepeatsSaltOrCiphertext() {
        Set<String> salts = new HashSet<>();
        Set<String> ciphertexts = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String sealed = Hex.of(box.seal(AAD, PLAIN));
            salts.add(sealed.substring(0, 64));
            ciphertexts.add(sealed.substring(64));
        }
        assertThat(salts).hasSize(100);
        assertThat(ciphertexts).hasSize(100);
    }

    @Test
    void open_otherPurpose_fails() {
        assertRefused(new SaltedBox(secret, "ticket"), AAD, box.seal(AAD, PLAIN));
    }

    @Test
    void open_otherSecret_fails() {
        assertRefused(new SaltedBox(SecretBytes.random(32), "state"), AAD, box.seal(AAD, PLAIN));
    }

    @Test
    void open_otherAad_fails() {
        assertRefused(box, Hex.text("map/other"), box.seal(AAD, PLAIN));
        assertRefused(box, new byte[0], box.seal(AAD, PLAIN));
    }

    @Test
    void open_anyByteTampered_fails() {
        byte[] sealed = box.seal(AAD, PLAIN);
        for (int i = 0; i < sealed.length; i++) {
            assertRefused(box, AAD, Hex.tampered(sealed, i));
        }
    }

    @Test
    void open_truncated_fails() {
        byte[] sealed = box.seal(AAD, PLAIN);
        for (int length = 0; length < sealed.length; length++) {
            assertRefused(box, AAD, Arrays.copyOf(sealed, length));
        }
    }

    private static void assertRefused(SaltedBox box, byte[] aad, byte[] sealed) {
        assertThatExceptionOfType(OpenFailedException.class).isThrownBy(() -> box.open(aad, sealed));
    }
}
