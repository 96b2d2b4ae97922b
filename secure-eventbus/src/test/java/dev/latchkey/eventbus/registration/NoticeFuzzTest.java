// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.eventbus.Fuzzing;
import dev.latchkey.eventbus.crypto.SigningKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No bytes that anybody publishes as a notice are taken for one, and none confuse whoever reads what is revoked. */
class NoticeFuzzTest {
    private static final String DOMAIN = "test.example";
    private final SigningKey key = SigningKey.generate();

    @FuzzTest
    void verify_anyBytes_isRefused_readAnyJson_isRefusedOrWrittenBackEqual(byte[] input) throws Exception {
        Fuzzing.checkAllocation(input, NoticeFuzzTest::read);
        Buffer notice = Buffer.buffer(input);
        if (Notice.claimedNumber(notice) >= 0) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Notice.verify(notice, List.of(key.verifyingKey()), DOMAIN));
        }
        Revocations read = read(input);
        if (read != null) {
            assertThat(Revocations.fromJson(read.toJson())).isEqualTo(read);
        }
    }

    @Test
    void verify_seedsAndMutants_areRefused() throws Exception {
        Fuzzing.checkSeeds(
                NoticeFuzzTest.class, this::verify_anyBytes_isRefused_readAnyJson_isRefusedOrWrittenBackEqual);
    }

    private static @Nullable Revocations read(byte[] input) {
        try {
            return Revocations.fromJson(new JsonObject(Buffer.buffer(input)));
        } catch (RuntimeException e) {
            return null;
        }
    }
}
