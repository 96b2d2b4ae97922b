// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.crypto.SecretBytes;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.HexFormat;

/** Changes bytes, and looks for what must not be in them. */
final class Tampering {
    private Tampering() {}

    static Buffer withBit(Buffer bytes, int position, int bit) {
        return bytes.copy().setByte(position, (byte) (bytes.getByte(position) ^ 1 << bit));
    }

    /** Looks for the secret itself, and for its start as hexadecimal digits and as base64. */
    static void assertHoldsNot(byte[] bytes, SecretBytes secret) {
        byte[] content = secret.copy();
        String hex = HexFormat.of().formatHex(bytes);
        assertThat(hex).doesNotContain(HexFormat.of().formatHex(content));
        String text = Buffer.buffer(bytes).toString("ISO-8859-1");
        assertThat(text).doesNotContain(HexFormat.of().formatHex(content, 0, 8));
        assertThat(text)
                .doesNotContain(Base64.getEncoder().encodeToString(content).substring(0, 10));
        assertThat(text)
                .doesNotContain(Base64.getUrlEncoder().encodeToString(content).substring(0, 10));
    }
}
