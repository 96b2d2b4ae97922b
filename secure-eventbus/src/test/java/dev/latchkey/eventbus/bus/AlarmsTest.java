// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Alarm;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlarmsTest {
    private final Alarms alarms = new Alarms();

    @Test
    void raise_isCountedByKind() {
        alarms.raise(Alarm.FORGED_NOTICE, "x");
        alarms.raise(Alarm.FORGED_NOTICE, "x");
        alarms.raise(Alarm.MISSED_NOTICE, "x");
        assertThat(alarms.of(Alarm.FORGED_NOTICE)).isEqualTo(2);
        assertThat(alarms.of(Alarm.OLD_STATE)).isZero();
        assertThat(alarms.snapshot())
                .containsExactlyInAnyOrderEntriesOf(Map.of(Alarm.FORGED_NOTICE, 2L, Alarm.MISSED_NOTICE, 1L));
    }

    @Test
    void raise_isLoggedFirstAndWheneverTheNumberDoubles_cleaned() {
        try (LogLines log = LogLines.of("dev.latchkey.alarms")) {
            for (int i = 0; i < 5; i++) {
                alarms.raise(Alarm.FORGED_NOTICE, "line\nbreak");
            }
            assertThat(log.all()).hasSize(3).allSatisfy(line -> assertThat(line)
                    .startsWith("ALARM: " + Alarm.FORGED_NOTICE.text())
                    .contains("line?break"));
            assertThat(log.all().get(2)).contains("4 so far");
        }
    }
}
