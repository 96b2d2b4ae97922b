// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SecretBytesTest {
    @Test
    void random_twice_differs() {
        assertThat(SecretBytes.random(32).sameAs(SecretBytes.random(32))).isFalse();
    }

    @Test
    void random_length_isKept() {
        assertThat(SecretBytes.random(17).length()).isEqualTo(17);
        assertThat(SecretBytes.random(17).copy()).hasSize(17);
    }

    @Test
    void copyOf_arrayChangedLater_keepsContent() {
        byte[] array = {1, 2, 3};
        SecretBytes secret = SecretBytes.copyOf(array);
        array[0] = 9;
        assertThat(secret.copy()).containsExactly(1, 2, 3);
    }

    @Test
    void copy_changed_leavesContent() {
        SecretBytes secret = SecretBytes.copyOf(new byte[] {1, 2, 3});
        secret.copy()[0] = 9;
        assertThat(secret.copy()).containsExactly(1, 2, 3);
    }

    @Test
    void sameAs_sameContent_isTrue() {
        SecretBytes secret = SecretBytes.copyOf(new byte[] {1, 2, 3});
        assertThat(secret.sameAs(SecretBytes.copyOf(new byte[] {1, 2, 3}))).isTrue();
        assertThat(secret.sameAs(new byte[] {1, 2, 3})).isTrue();
        assertThat(secret.sameAs(secret)).isTrue();
    }

    @Test
    void sameAs_otherContentOrLength_isFalse() {
        SecretBytes secret = SecretBytes.copyOf(new byte[] {1, 2, 3});
        assertThat(secret.sameAs(SecretBytes.copyOf(new byte[] {1, 2, 4}))).isFalse();
        assertThat(secret.sameAs(new byte[] {1, 2, 4})).isFalse();
        assertThat(secret.sameAs(new byte[] {1, 2})).isFalse();
        assertThat(secret.sameAs(new byte[] {1, 2, 3, 0})).isFalse();
    }

    @Test
    void close_takenArray_holdsZeros() {
        byte[] array = {1, 2, 3};
        SecretBytes secret = SecretBytes.taking(array);
        secret.close();
        assertThat(array).containsOnly(0);
        assertThat(secret.isErased()).isTrue();
    }

    @Test
    void close_twice_doesNothing() {
        SecretBytes secret = SecretBytes.random(8);
        secret.close();
        secret.close();
        assertThat(secret.isErased()).isTrue();
        assertThat(secret.length()).isEqualTo(8);
    }

    @Test
    void anyUse_erased_throws() {
        SecretBytes erased = SecretBytes.random(8);
        erased.close();
        assertThatIllegalStateException().isThrownBy(erased::copy);
        assertThatIllegalStateException().isThrownBy(() -> erased.sameAs(new byte[8]));
        assertThatIllegalStateException().isThrownBy(() -> erased.sameAs(SecretBytes.random(8)));
        assertThatIllegalStateException().isThrownBy(() -> SecretBytes.random(8).sameAs(erased));
    }

    @Test
    void copy_whileErasing_isNeverHalfErased() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            assertThat(copyDuringErasure()).matches(SecretBytesTest::isWhole);
        }
    }

    @Test
    void lend_afterwards_copyIsWiped() {
        AtomicReference<byte[]> lent = new AtomicReference<>(new byte[0]);
        SecretBytes secret = SecretBytes.copyOf(new byte[] {1, 2, 3});
        assertThat(secret.<Integer>lend(bytes -> keep(lent, bytes))).isEqualTo(3);
        assertThat(lent.get()).containsExactly(0, 0, 0);
        assertThat(secret.copy()).containsExactly(1, 2, 3);
    }

    @Test
    void lend_userThrows_copyIsWiped() {
        AtomicReference<byte[]> lent = new AtomicReference<>(new byte[0]);
        SecretBytes secret = SecretBytes.copyOf(new byte[] {1, 2, 3});
        assertThatThrownBy(() -> secret.<Integer>lend(bytes -> fail(lent, bytes)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(lent.get()).containsExactly(0, 0, 0);
    }

    @Test
    void equals_sameContent_isIdentity() {
        SecretBytes secret = SecretBytes.copyOf(new byte[] {1});
        assertThat(secret).isNotEqualTo(SecretBytes.copyOf(new byte[] {1})).isEqualTo(secret);
        assertThat(secret.hashCode()).isEqualTo(System.identityHashCode(secret));
    }

    @Test
    void type_serialization_isImpossible() {
        assertThat(Serializable.class.isAssignableFrom(SecretBytes.class)).isFalse();
    }

    @Test
    void toString_aliveOrErased_tellsOnlyTheLength() {
        SecretBytes secret = SecretBytes.random(32);
        assertThat(secret).hasToString("SecretBytes[32 bytes]");
        secret.close();
        assertThat(secret).hasToString("SecretBytes[erased]");
    }

    // Large, so that an erasure without the lock would be caught in the middle.
    private static byte[] copyDuringErasure() throws InterruptedException {
        byte[] ones = new byte[1 << 20];
        Arrays.fill(ones, (byte) 1);
        SecretBytes secret = SecretBytes.taking(ones);
        Thread eraser = new Thread(secret::close);
        eraser.start();
        try {
            return secret.copy();
        } catch (IllegalStateException e) {
            return new byte[0];
        } finally {
            eraser.join();
        }
    }

    private static boolean isWhole(byte[] copy) {
        for (byte b : copy) {
            if (b != 1) {
                return false;
            }
        }
        return true;
    }

    private static int keep(AtomicReference<byte[]> place, byte[] bytes) {
        place.set(bytes);
        return bytes.length;
    }

    private static int fail(AtomicReference<byte[]> place, byte[] bytes) {
        place.set(bytes);
        throw new UnsupportedOperationException();
    }
}
