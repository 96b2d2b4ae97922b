// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Plan PLAN = new Plan(
            List.of(BusMode.PLAIN, BusMode.SEALED, BusMode.TLS_JDK),
            List.of(Kind.SEND, Kind.LOCAL_SEND),
            List.of(64, 256),
            3,
            new Limit(1, 1),
            false);

    @Test
    void traffics_areEachKindInEachSize() {
        assertThat(PLAN.traffics())
                .containsExactly(
                        new Traffic(Kind.SEND, 64),
                        new Traffic(Kind.SEND, 256),
                        new Traffic(Kind.LOCAL_SEND, 64),
                        new Traffic(Kind.LOCAL_SEND, 256));
    }

    @Test
    void modes_beginWithAnotherOneInEachRound() {
        Traffic send = new Traffic(Kind.SEND, 64);
        assertThat(PLAN.modes(send, 0)).containsExactly(BusMode.PLAIN, BusMode.SEALED, BusMode.TLS_JDK);
        assertThat(PLAN.modes(send, 1)).containsExactly(BusMode.SEALED, BusMode.TLS_JDK, BusMode.PLAIN);
        assertThat(PLAN.modes(send, 5)).containsExactly(BusMode.TLS_JDK, BusMode.PLAIN, BusMode.SEALED);
    }

    @Test
    void modes_ofLocalTraffic_haveNoTls() {
        assertThat(PLAN.modes(new Traffic(Kind.LOCAL_SEND, 64), 1)).containsExactly(BusMode.SEALED, BusMode.PLAIN);
    }
}
