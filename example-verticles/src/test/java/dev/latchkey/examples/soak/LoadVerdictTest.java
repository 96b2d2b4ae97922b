// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a soak fails for. */
class LoadVerdictTest {
    private static final Account WHOLE = new Account(100, 100, 0, 0, 0, 0, 0);

    private static RunReport run(SoakBus bus, Account account, String... faults) {
        return new RunReport(
                bus, Map.of(Kind.SEND, account), List.of(), List.of(), List.of(faults), new OrchestratorLoad());
    }

    private static List<String> failings(FaultPlan plan, Account secured, Account plain) {
        return new LoadVerdict(plan, List.of(run(SoakBus.SECURED, secured), run(SoakBus.PLAIN, plain))).failings();
    }

    @ParameterizedTest
    @EnumSource
    void wholeRuns_hold(FaultPlan plan) {
        assertThat(failings(plan, WHOLE, WHOLE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "100, 99, 1, 0, 0, 0, 0, were lost",
        "100, 99, 0, 1, 0, 0, 0, never ended",
        "100, 99, 0, 0, 1, 0, 0, were refused",
        "100, 100, 0, 0, 0, 1, 0, arrived twice",
        "100, 100, 0, 0, 0, 0, 1, arrived out of order",
        "0, 0, 0, 0, 0, 0, 0, nothing was sent"
    })
    void calm_mustLoseNothing(
            long sent, long done, long lost, long unknown, long refused, long two, long order, String why) {
        Account spoilt = new Account(sent, done, lost, unknown, refused, two, order);
        assertThat(failings(FaultPlan.CALM, spoilt, WHOLE))
                .singleElement()
                .asString()
                .contains(why);
    }

    @Test
    void nodesKilled_mayLoseWhatThePlainBusLoses_andNoMore() {
        Account plain = new Account(100, 95, 5, 0, 0, 0, 0);
        assertThat(failings(FaultPlan.NODES, new Account(200, 190, 10, 0, 3, 0, 0), plain))
                .isEmpty();
        assertThat(failings(FaultPlan.NODES, new Account(200, 189, 11, 0, 0, 0, 0), plain))
                .singleElement()
                .asString()
                .contains("on the plain bus 5 of 100");
    }

    @Test
    void fault_thatCouldNotBeDone_isAFailing() {
        RunReport run = run(SoakBus.SECURED, WHOLE, "15 s: an orchestrator is killed, which failed: no such process");
        assertThat(new LoadVerdict(FaultPlan.CALM, List.of(run)).failings()).hasSize(1);
    }

    @Test
    void plans_leaveTheLastSecondsInPeace() {
        for (FaultPlan plan : List.of(FaultPlan.ORCHESTRATORS, FaultPlan.NODES)) {
            assertThat(plan.faults(60)).isNotEmpty().allMatch(fault -> fault.second() <= 60 - 5);
        }
        assertThat(FaultPlan.CALM.faults(600)).isEmpty();
    }
}
