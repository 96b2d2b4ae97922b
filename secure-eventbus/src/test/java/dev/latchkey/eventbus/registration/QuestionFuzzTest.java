// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.eventbus.Fuzzing;
import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.HpkeSender;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

/** No bytes confuse an orchestrator that is asked, and neither does what anyone can seal. */
class QuestionFuzzTest {
    private static final String DOMAIN = "test.example";

    private final HpkeKeyPair keys = HpkeKeyPair.generate();

    @FuzzTest
    void open_anyBytes_isRefused(byte[] input) throws Exception {
        Fuzzing.checkAllocation(input, this::openUnsealed);
        Fuzzing.checkAllocation(input, this::openSealed);
    }

    @Test
    void open_seedsAndMutants_areRefused() throws Exception {
        Fuzzing.checkSeeds(QuestionFuzzTest.class, this::open_anyBytes_isRefused);
    }

    private void openUnsealed(byte[] input) {
        Buffer question = Buffer.buffer().appendByte(RegistrationWire.VERSION).appendBytes(input);
        for (Buffer bytes : new Buffer[] {Buffer.buffer(input), question}) {
            assertThatExceptionOfType(OpenFailedException.class)
                    .isThrownBy(() -> ReceivedQuestion.open(bytes, keys, DOMAIN));
        }
    }

    private void openSealed(byte[] input) {
        HpkeSender sender = HpkeSender.to(keys.publicKey(), RegistrationWire.info(DOMAIN));
        Buffer sealed = Buffer.buffer()
                .appendByte(RegistrationWire.VERSION)
                .appendBytes(sender.encapsulatedKey())
                .appendBytes(sender.seal(RegistrationWire.associatedData(), input));
        try (ReceivedQuestion question = ReceivedQuestion.open(sealed, keys, DOMAIN)) {
            assertThat(question.registration()).hasNoNullFieldsOrPropertiesExcept("node");
        } catch (OpenFailedException e) {
            // As it should be for what is no registration.
        }
    }
}
