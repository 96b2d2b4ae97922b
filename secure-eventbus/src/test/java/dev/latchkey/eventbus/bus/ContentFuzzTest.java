// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.eventbus.Fuzzing;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.ContentFormat;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.impl.EventBusImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** No bytes confuse the parser of what was sealed, with the codecs of a real bus. */
class ContentFuzzTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final int CODEC_OFFSET = 1;
    private static final int CLUSTER_SERIALIZABLE = 16;
    private static final int SERIALIZABLE = 17;

    private final PlainBusCodecs codecs = new PlainBusCodecs((EventBusImpl) VERTX.eventBus());

    @AfterAll
    static void close() {
        VERTX.close().await();
    }

    @FuzzTest
    void read_anyBytes_isRefusedOrWrittenBackEqual(byte[] input) throws Exception {
        // Java allocates what a serialized array says, and only the JVM's own filter (jdk.serialFilter) bounds it.
        if (input.length > CODEC_OFFSET && input[CODEC_OFFSET] == SERIALIZABLE) {
            return;
        }
        Fuzzing.checkAllocation(input, this::read);
        Content content = read(input);
        // Objects that write themselves may do so in any order.
        if (content != null && content.codec().systemCodecID() != CLUSTER_SERIALIZABLE) {
            byte[] written = ContentFormat.write(content);
            assertThat(ContentFormat.write(ContentFormat.read(written, codecs))).isEqualTo(written);
        }
    }

    @Test
    void read_seedsAndMutants_areRefusedOrWrittenBackEqual() throws Exception {
        Fuzzing.checkSeeds(ContentFuzzTest.class, this::read_anyBytes_isRefusedOrWrittenBackEqual);
    }

    private @Nullable Content read(byte[] input) {
        try {
            return ContentFormat.read(input, codecs);
        } catch (RuntimeException e) {
            return null;
        }
    }
}
