// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.eventbus.Fuzzing;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No bytes that anybody publishes are an update or a question, and what the signed part says is read or refused, never more. */
class DirectoryFuzzTest {
    private final DirectoryBox box = new DirectoryBox("read", 3, SecretBytes.random(32));
    private final SigningKey key = SigningKey.generate();

    @FuzzTest
    void open_anyBytes_isRefused_readAnyJson_isRefusedOrWrittenBackEqual(byte[] input) throws Exception {
        Fuzzing.checkAllocation(input, DirectoryFuzzTest::read);
        Buffer message = Buffer.buffer(input);
        if (DirectoryBox.claimedEpoch(message) >= 0) {
            assertThat(opens(message)).isFalse();
        }
        DirectoryUpdate read = read(input);
        if (read != null) {
            assertThat(UpdateFormat.read(UpdateFormat.write(read))).isEqualTo(read);
        }
    }

    private boolean opens(Buffer message) {
        try {
            box.open(message, List.of(key.verifyingKey()), "test.example");
            return true;
        } catch (OpenFailedException e) {
            return questionOpens(message);
        }
    }

    private boolean questionOpens(Buffer message) {
        try {
            box.openQuestion(message);
            return true;
        } catch (OpenFailedException e) {
            return false;
        }
    }

    @Test
    void open_seedsAndMutants_areRefused() throws Exception {
        Fuzzing.checkSeeds(
                DirectoryFuzzTest.class, this::open_anyBytes_isRefused_readAnyJson_isRefusedOrWrittenBackEqual);
    }

    private static @Nullable DirectoryUpdate read(byte[] input) {
        try {
            return UpdateFormat.read(new JsonObject(Buffer.buffer(input)));
        } catch (RuntimeException e) {
            return null;
        }
    }
}
