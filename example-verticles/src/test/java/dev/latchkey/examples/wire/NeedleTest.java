// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeedleTest {

    @Test
    void create_tooShort_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Needle.ofText("four"));
    }

    @Test
    void withBase64_anyPositionAndAlphabet_isFound() {
        Random random = new Random(2);
        for (int round = 0; round < 100; round++) {
            byte[] secret = bytes(random, 5 + random.nextInt(40));
            byte[] document = embed(random, secret);
            List<Needle> needles = Needle.withBase64("secret", secret);
            assertThat(hits(needles, Base64.getEncoder().encode(document))).isPositive();
            assertThat(hits(needles, Base64.getUrlEncoder().withoutPadding().encode(document)))
                    .isPositive();
            assertThat(hits(needles, document)).isPositive();
        }
    }

    @Test
    void withBase64_names_tellTheForm() {
        assertThat(Needle.withBase64("text", "Hello, World".getBytes(US_ASCII)))
                .extracting(Needle::name)
                .startsWith("text", "text, base64 SGVsbG8sIFdvcmxk");
    }

    private static byte[] embed(Random random, byte[] secret) {
        byte[] before = bytes(random, random.nextInt(7));
        byte[] after = bytes(random, random.nextInt(7));
        byte[] document = new byte[before.length + secret.length + after.length];
        System.arraycopy(before, 0, document, 0, before.length);
        System.arraycopy(secret, 0, document, before.length, secret.length);
        System.arraycopy(after, 0, document, before.length + secret.length, after.length);
        return document;
    }

    private static int hits(List<Needle> needles, byte[] wire) {
        WireLog log = new WireLog(needles);
        log.open("test").accept(wire);
        return log.sightings().size();
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
