// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.eventbus.crypto.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No text that anybody answers with is taken for a document, and none does more than be refused. */
class BootstrapDocumentFuzzTest {
    private final SigningKey key = SigningKey.generate();

    @FuzzTest
    void verify_anyBytes_isRefused(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        Fuzzing.checkAllocation(input, bytes -> refuse(text));
    }

    private void refuse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BootstrapDocument.verify(
                        text, List.of(BootstrapDocument.fingerprint(key.verifyingKey())), 1_800_000_000_000L));
    }

    @Test
    void verify_seedsAndMutants_areRefused() throws Exception {
        Fuzzing.checkSeeds(BootstrapDocumentFuzzTest.class, this::verify_anyBytes_isRefused);
    }
}
