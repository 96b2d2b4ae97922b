// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.orchestrator.Fuzzing;
import dev.latchkey.orchestrator.notice.Noticed;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.shareddata.AsyncMap;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** No bytes in the map confuse its reader, and no changed record opens. */
class SealedMapFuzzTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String KEY = "key";
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.latchkey.alarms");

    private final SealedMap sealed =
            SealedMap.open(VERTX, "fuzz", SecretBytes.random(32), new Noticed()).await();
    private final AsyncMap<String, Buffer> raw =
            VERTX.sharedData().<String, Buffer>getAsyncMap("latchkey.fuzz").await();

    /** It alarms at each input. */
    @BeforeAll
    static void silence() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void close() {
        LOG.setLevel(null);
        VERTX.close().await();
    }

    @FuzzTest
    void get_anyBytes_areAbsent(byte[] input) throws Exception {
        Fuzzing.checkAllocation(input, this::assertAbsent);
        if (input.length > 2) {
            byte[] content = Arrays.copyOfRange(input, 2, input.length);
            sealed.overwrite(KEY, content).await();
            assertThat(sealed.get(KEY).await().orElseThrow().content()).isEqualTo(content);
            byte[] record = raw.get(KEY).await().getBytes();
            record[Byte.toUnsignedInt(input[0]) % record.length] ^= input[1] == 0 ? 1 : input[1];
            assertAbsent(record);
        }
    }

    @Test
    void get_seedsAndMutants_areAbsent() throws Exception {
        Fuzzing.checkSeeds(SealedMapFuzzTest.class, this::get_anyBytes_areAbsent);
    }

    private void assertAbsent(byte[] record) {
        raw.put(KEY, Buffer.buffer(record)).await();
        assertThat(sealed.get(KEY).await()).isEmpty();
    }
}
