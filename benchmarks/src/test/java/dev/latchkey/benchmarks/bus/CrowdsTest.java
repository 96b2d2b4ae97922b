// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** For real, in JVMs of their own: of time it says nothing. */
class CrowdsTest {
    /** CPU time is told in hundredths of a second: so many messages take each side several. */
    private static final int MANY = 50_000;

    private static final int FEW = 5_000;

    @Test
    void callers_takeTurns_andLoseNothing() throws Exception {
        try (Pairs pairs = new Pairs();
                Crowds crowds = Crowds.ofCallers(pairs, List.of(1, 3), text -> {})) {
            // A message that is lost, doubled or refused fails this.
            crowds.measure(2, Limit.of(MANY, Duration.ofSeconds(20)));

            JsonArray told = crowds.toJson();
            assertThat(told).hasSize(8).allSatisfy(one -> {
                JsonObject crowd = (JsonObject) one;
                assertThat(crowd.getJsonObject("perSecond").getDouble("min")).isPositive();
                assertThat(crowd.getJsonObject("providerCpuNanosPerMessage").getDouble("max"))
                        .isLessThan(crowd.getJsonObject("cpuNanosPerMessage").getDouble("max"));
            });
            assertThat(told.getJsonObject(0).getJsonObject("ratioToFirst").getDouble("median"))
                    .isEqualTo(1.0);
            assertThat(told.getJsonObject(1).getInteger("callers")).isEqualTo(3);
            assertThat(told.getJsonObject(4).getInteger("together")).isEqualTo(100);
            assertThat(crowds.table()).hasSize(9).element(2).asString().startsWith("request           3       all");
        }
    }

    @Test
    void operations_takeTurns_andLoseNothing() throws Exception {
        try (Pairs pairs = new Pairs();
                Crowds crowds = Crowds.ofOperations(pairs, List.of(40), text -> {})) {
            crowds.measure(1, Limit.of(FEW, Duration.ofSeconds(20)));

            JsonArray told = crowds.toJson();
            assertThat(told).hasSize(4);
            assertThat(told.getJsonObject(0).getInteger("operations")).isEqualTo(40);
            assertThat(told.getJsonObject(0).getJsonObject("perSecond").getDouble("min"))
                    .isPositive();
            assertThat(crowds.table()).hasSize(5).element(1).asString().startsWith("request          40       all");
        }
    }
}
