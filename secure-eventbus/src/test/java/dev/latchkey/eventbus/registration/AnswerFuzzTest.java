// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.eventbus.Fuzzing;
import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SecretBytes;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No bytes confuse an instance that is answered, sealed or not. */
class AnswerFuzzTest {
    private final Question question = Question.seal(
            new Registration(
                    RegistrationKind.REGISTER, 1, "web", "credential", "", Set.of(), Set.of(), SecretBytes.random(32)),
            HpkeKeyPair.generate().publicKey(),
            "test.example");

    @FuzzTest
    void read_anyBytes_isRefusedOrWrittenBackEqual(byte[] input) throws Exception {
        assertThatExceptionOfType(OpenFailedException.class).isThrownBy(() -> question.open(Buffer.buffer(input)));
        Fuzzing.checkAllocation(input, AnswerFuzzTest::read);
        Answer answer = read(input);
        if (answer != null) {
            byte[] written = AnswerFormat.write(answer);
            assertThat(answer).hasNoNullFieldsOrProperties();
            assertThat(AnswerFormat.write(AnswerFormat.read(written))).isEqualTo(written);
        }
    }

    @Test
    void read_seedsAndMutants_areRefusedOrWrittenBackEqual() throws Exception {
        Fuzzing.checkSeeds(AnswerFuzzTest.class, this::read_anyBytes_isRefusedOrWrittenBackEqual);
    }

    private static @Nullable Answer read(byte[] input) {
        try {
            return AnswerFormat.read(input);
        } catch (RuntimeException e) {
            return null;
        }
    }
}
