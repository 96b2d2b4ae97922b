// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPoolTest {
    private final Properties properties = new Properties();

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void pool_ofFewProcessors_hasTwoThreads(int processors) {
        CommonPool.widen(processors, properties);
        assertThat(properties).containsEntry(CommonPool.PARALLELISM, "2");
    }

    @Test
    void pool_ofMoreProcessors_isLeftAsItIs() {
        CommonPool.widen(3, properties);
        assertThat(properties).isEmpty();
    }

    @Test
    void pool_thatSomebodyHasSet_isLeftAsItIs() {
        properties.setProperty(CommonPool.PARALLELISM, "1");
        CommonPool.widen(1, properties);
        assertThat(properties).containsEntry(CommonPool.PARALLELISM, "1");
    }
}
