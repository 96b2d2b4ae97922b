// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.examples.node.NodeException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A ciphertext of two keys, as the library's own cipher sees it; and what it is made of. */
class TwoKeysTest {
    private static final byte[] TEXT = "what it says under the first key".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER = {'x'};
    private static final byte[] AAD = new byte[77];

    private final SecretBytes first = SecretBytes.random(32);
    private final SecretBytes second = SecretBytes.random(32);

    private TwoKeys made(byte[] text) throws NodeException {
        return TwoKeys.of(first.copy(), second.copy(), sequence -> AAD, text, OTHER);
    }

    @Test
    void ciphertext_ofTwoKeys_opensUnderEither_withTheSameAad() throws NodeException {
        for (int length = 1; length <= TEXT.length; length++) {
            byte[] text = Arrays.copyOf(TEXT, length);
            TwoKeys both = made(text);
            assertThat(both.opensUnder(first, text)).isTrue();
            assertThat(both.opensUnder(second, OTHER)).isTrue();
        }
    }

    @Test
    void ciphertext_ofTwoKeys_opensUnderNoThird_andAsNothingElse() throws NodeException {
        TwoKeys both = made(TEXT);
        assertThat(both.opensUnder(SecretBytes.random(32), new byte[0])).isFalse();
        assertThat(both.opensUnder(first, OTHER)).isFalse();
        AAD[0]++;
        assertThat(both.opensUnder(second, OTHER)).isFalse();
        AAD[0]--;
    }

    /** Made by hand, and by the library. */
    @Test
    void tag_ofAMessage_isTheLibrarys() {
        SealingKey sealing = new SealingKey(first);
        sealing.claim();
        long sequence = sealing.claim();
        byte[] sealed = new byte[TEXT.length + SealingKey.TAG_LENGTH];
        sealing.seal(sequence, AAD, AAD.length, TEXT, 0, TEXT.length, sealed, 0);
        Gf128 tag = new GcmKey(first.copy()).tag(sequence, AAD, Arrays.copyOf(sealed, TEXT.length));
        assertThat(tag).isEqualTo(Gf128.of(sealed, TEXT.length));
    }

    @Test
    void inverse_timesTheElement_isOne() {
        Gf128 element = Gf128.of(TEXT, 0);
        assertThat(element.times(element.inverse())).isEqualTo(new Gf128(1L << 63, 0));
        assertThat(Gf128.of(element.bytes(), 0)).isEqualTo(element);
    }
}
