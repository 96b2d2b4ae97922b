// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.eventbus.Fuzzing;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.OpeningKey;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** No bytes confuse the parser of frames, and no changed frame opens. */
class FrameFuzzTest {
    private static final Envelope ENVELOPE = new Envelope("image.process", "__vertx.reply.7", true);
    private static final byte[] NAME = new byte[TokenId.LENGTH];
    private static final byte[] TOKEN = "aaaa.bbbb.cccc".getBytes(StandardCharsets.US_ASCII);
    private static final int TOKEN_START = FrameLayout.HEADER_LENGTH + FrameLayout.TOKEN_LENGTH_LENGTH;

    private final SecretBytes secret = SecretBytes.random(32);
    private final SealingKey sealing = new SealingKey(secret);
    private final OpeningKey opening = new OpeningKey(secret);

    @FuzzTest
    void parse_anyBytes_neverOpens(byte[] input) throws Exception {
        Fuzzing.checkAllocation(input, this::assertRefused);
        if (input.length > 3) {
            byte[] content = Arrays.copyOfRange(input, 3, input.length);
            assertChangeIsNoticed(content, Buffer.buffer(input).getUnsignedShort(0), input[2]);
        }
    }

    @Test
    void parse_seedsAndMutants_neverOpen() throws Exception {
        Fuzzing.checkSeeds(FrameFuzzTest.class, this::parse_anyBytes_neverOpens);
    }

    private void assertRefused(byte[] bytes) {
        Frame frame = Frame.parse(0, Buffer.buffer(bytes));
        if (frame != null) {
            assertThat(frame.length()).isEqualTo(bytes.length);
            assertThat(frame.salt()).hasSize(FrameLayout.NAME_LENGTH);
            assertThat(frame.tokenId()).isNotNull();
            assertThat(frame.token() == null || !frame.isReply()).isTrue();
            assertThatExceptionOfType(OpenFailedException.class).isThrownBy(() -> frame.open(opening, ENVELOPE));
        }
    }

    private void assertChangeIsNoticed(byte[] content, int position, byte change) throws OpenFailedException {
        byte[] bytes = FrameWriter.request(sealing, NAME, TOKEN, 1, ENVELOPE, content);
        assertThat(opened(bytes)).isEqualTo(content);
        int at = position % bytes.length;
        bytes[at] ^= change;
        // The token's own signature protects it.
        if (change == 0 || (at >= TOKEN_START && at < TOKEN_START + TOKEN.length)) {
            assertThat(opened(bytes)).isEqualTo(content);
        } else {
            assertRefused(bytes);
        }
    }

    private byte[] opened(byte[] bytes) throws OpenFailedException {
        return Plaintexts.bytes(
                requireNonNull(Frame.parse(0, Buffer.buffer(bytes))).open(opening, ENVELOPE));
    }
}
