// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClaimKeyTest {
    private static final byte[] CHALLENGE = new byte[ClaimKey.CHALLENGE_LENGTH];
    private static final byte[] OTHER_CHALLENGE = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private final ClaimKey key = key(1);

    private static ClaimKey key(int first) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) first;
        return new ClaimKey(SecretBytes.taking(bytes));
    }

    @Test
    void proofs_ofAllUses_differ() {
        assertThat(Stream.of(
                                key.name(7),
                                key.question(7, CHALLENGE),
                                key.answer(7, CHALLENGE, true),
                                key.answer(7, CHALLENGE, false),
                                key.name(8),
                                key.question(8, CHALLENGE),
                                key.question(7, OTHER_CHALLENGE),
                                key.answer(7, OTHER_CHALLENGE, true),
                                key(2).name(7))
                        .map(SecretBytes::taking)
                        .map(secret -> java.util.HexFormat.of().formatHex(secret.copy())))
                .doesNotHaveDuplicates();
    }

    @Test
    void question_isKnownByItsProof() {
        byte[] proof = key.question(7, CHALLENGE);
        assertThat(key.isQuestion(7, CHALLENGE, proof)).isTrue();
        assertThat(key.isQuestion(8, CHALLENGE, proof)).isFalse();
        assertThat(key.isQuestion(7, OTHER_CHALLENGE, proof)).isFalse();
        assertThat(key(2).isQuestion(7, CHALLENGE, proof)).isFalse();
        assertThat(key.isQuestion(7, CHALLENGE, new byte[0])).isFalse();
    }

    @Test
    void answer_isKnownByItsProof() {
        byte[] granted = key.answer(7, CHALLENGE, true);
        assertThat(key.isAnswer(7, CHALLENGE, true, granted)).isTrue();
        assertThat(key.isAnswer(7, CHALLENGE, false, granted)).isFalse();
        assertThat(key.isAnswer(7, OTHER_CHALLENGE, true, granted)).isFalse();
        assertThat(key(2).isAnswer(7, CHALLENGE, true, granted)).isFalse();
    }

    /** As docs/protocol.md has it, so that another implementation means the same by it. */
    @Test
    void proofs_areMacsOfTheirUseNumberAndChallenge() {
        assertThat(key.name(7)).isEqualTo(mac(1, new byte[0]));
        assertThat(key.question(7, CHALLENGE)).isEqualTo(mac(2, CHALLENGE));
        assertThat(key.answer(7, CHALLENGE, true)).isEqualTo(mac(3, CHALLENGE));
        assertThat(key.answer(7, CHALLENGE, false)).isEqualTo(mac(4, CHALLENGE));
    }

    private static byte[] mac(int use, byte[] challenge) {
        byte[] bytes = new byte[32];
        bytes[0] = 1;
        byte[] input = ByteBuffer.allocate(9 + challenge.length)
                .put((byte) use)
                .putLong(7)
                .put(challenge)
                .array();
        return HmacSha256.of(bytes, input);
    }

    @Test
    void closed_provesNothing() {
        key.close();
        assertThatIllegalStateException().isThrownBy(() -> key.name(7));
        assertThat(key).hasToString("ClaimKey[secret]");
    }
}
