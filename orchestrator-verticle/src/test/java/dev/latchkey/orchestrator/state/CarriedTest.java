// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.registration.SealedFlow;
import dev.latchkey.orchestrator.state.Carried.Row;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an instance took adds up over its renewals. */
class CarriedTest {
    private static List<SealedFlow> told(long messages) {
        return List.of(new SealedFlow("web", "greet", messages));
    }

    @Test
    void renewals_addUp_andTheLastGivesTheRate() {
        Carried carried = Carried.since(1_000).and(told(10), 3_000).and(told(50), 8_000);
        assertThat(carried.rows()).containsExactly(new Row("web", "greet", 60, 50));
        assertThat(carried.perSecond(carried.rows().get(0))).isEqualTo(10);
    }

    @Test
    void renewal_thatTellsOfNothing_leavesTheSum_andNoRate() {
        Carried carried = Carried.since(1_000).and(told(10), 3_000).and(List.of(), 4_000);
        assertThat(carried.rows()).containsExactly(new Row("web", "greet", 10, 0));
        assertThat(carried.perSecond(carried.rows().get(0))).isZero();
    }

    @Test
    void lease_ofAnOlderOrchestrator_hasNoRateYet() {
        Carried carried = Carried.nothing().and(told(10), 3_000);
        assertThat(carried.perSecond(carried.rows().get(0))).isZero();
    }

    @Test
    void clock_thatWentBack_givesNoRate() {
        Carried carried = Carried.since(9_000).and(told(10), 3_000);
        assertThat(carried.perSecond(carried.rows().get(0))).isZero();
    }

    @Test
    void rows_areBounded_andSumsDoNotOverflow() {
        Carried carried = Carried.since(0);
        for (int i = 0; i <= SealedFlow.MOST; i++) {
            carried = carried.and(List.of(new SealedFlow("caller" + i, "greet", Long.MAX_VALUE)), i);
            carried = carried.and(List.of(new SealedFlow("caller0", "greet", Long.MAX_VALUE)), i);
        }
        assertThat(carried.rows()).hasSize(SealedFlow.MOST).allMatch(row -> row.total() == Long.MAX_VALUE);
        assertThat(IntStream.range(0, SealedFlow.MOST).mapToObj(i -> "caller" + i))
                .containsExactlyInAnyOrderElementsOf(
                        carried.rows().stream().map(Row::caller).toList());
    }

    @Test
    void json_andBack_isTheSame() {
        Carried carried = Carried.since(1_000).and(told(10), 3_000);
        assertThat(Carried.fromJson(carried.toJson())).isEqualTo(carried);
        assertThat(Carried.fromJson(null)).isEqualTo(Carried.nothing());
    }
}
