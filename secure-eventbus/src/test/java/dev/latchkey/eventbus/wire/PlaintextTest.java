// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory of plaintexts is used again, never by two at a time, and never with what stood in it. */
class PlaintextTest {
    @Test
    void ofLength_afterTheLastWasClosed_isTheSameMemory_erased() {
        byte[] bytes = filled(100);
        try (Plaintext next = Plaintext.ofLength(100)) {
            assertThat(next.bytes() == bytes).isTrue();
            assertThat(bytes).containsOnly(0);
            assertThat(next.buffer().length()).isEqualTo(100);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, 10_000, Plaintext.MOST_KEPT})
    void closed_ofAnyLength_isErasedToItsLastByte(int length) {
        assertThat(filled(length)).containsOnly(0);
    }

    private static byte[] filled(int length) {
        try (Plaintext plaintext = Plaintext.ofLength(length)) {
            Arrays.fill(plaintext.bytes(), 0, length, (byte) 1);
            return plaintext.bytes();
        }
    }

    @Test
    void ofLength_whileAnotherIsOpen_hasMemoryOfItsOwn() {
        try (Plaintext outer = Plaintext.ofLength(10);
                Plaintext inner = Plaintext.ofLength(10)) {
            assertThat(inner.bytes()).isNotSameAs(outer.bytes());
        }
    }

    @Test
    void ofLength_afterAnInnerOneWasClosed_leavesTheOuterOneItsMemory() {
        try (Plaintext outer = Plaintext.ofLength(10)) {
            byte[] inner = filled(10);
            try (Plaintext next = Plaintext.ofLength(10)) {
                assertThat(next.bytes()).isNotSameAs(outer.bytes()).isNotSameAs(inner);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1024, 1025, 2048, Plaintext.MOST_KEPT})
    void ofLength_upToTheMostThatIsKept_hasRoomAndIsKept(int length) {
        byte[] bytes = filled(length);
        assertThat(bytes.length).isGreaterThanOrEqualTo(length);
        assertThat(filled(length) == bytes).isTrue();
    }

    @Test
    void ofLength_more_isErased_andNotKept() {
        byte[] bytes = filled(Plaintext.MOST_KEPT + 1);
        assertThat(bytes).hasSize(Plaintext.MOST_KEPT + 1).containsOnly(0);
        assertThat(filled(Plaintext.MOST_KEPT + 1)).isNotSameAs(bytes);
        assertThat(filled(1)).hasSizeLessThanOrEqualTo(Plaintext.MOST_KEPT);
    }

    @Test
    void buffer_endsWithThePlaintext() {
        filled(50);
        try (Plaintext plaintext = Plaintext.ofLength(3)) {
            plaintext.bytes()[2] = 7;
            assertThat(plaintext.buffer().getBytes()).containsExactly(0, 0, 7);
            assertThat(plaintext.copy().getBytes()).containsExactly(0, 0, 7);
            assertThat(plaintext).hasToString("Plaintext[3 bytes]");
        }
    }
}
