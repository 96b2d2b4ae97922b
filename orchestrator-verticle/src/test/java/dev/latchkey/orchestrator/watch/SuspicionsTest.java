// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.orchestrator.notice.Noticed;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Joins and leaves raise no alarm; what stays raises one. */
class SuspicionsTest {
    private static final Suspicion STRANGER = new Suspicion(Alarm.STRANGE_CONSUMER, "node n at 'a'");
    private static final Suspicion OTHER = new Suspicion(Alarm.STRANGE_CONSUMER, "node m at 'a'");

    private final Noticed noticed = new Noticed();
    private final Suspicions suspicions = new Suspicions(noticed);

    private long raised() {
        return noticed.of(Alarm.STRANGE_CONSUMER);
    }

    @Test
    void suspicion_thatIsSeenOnce_raisesNone() {
        suspicions.judge(Set.of(STRANGER));
        suspicions.judge(Set.of(OTHER));
        suspicions.judge(Set.of(STRANGER));
        assertThat(raised()).isZero();
    }

    @Test
    void suspicion_thatStays_raisesOne() {
        for (int i = 0; i < 5; i++) {
            suspicions.judge(Set.of(STRANGER));
        }
        assertThat(raised()).isEqualTo(1);
        assertThat(suspicions.isRaised(STRANGER)).isTrue();
        assertThat(suspicions.isRaised(OTHER)).isFalse();
    }

    @Test
    void suspicion_thatComesBack_raisesAnother() {
        suspicions.judge(Set.of(STRANGER));
        suspicions.judge(Set.of(STRANGER));
        suspicions.judge(Set.of());
        assertThat(suspicions.isRaised(STRANGER)).isFalse();
        suspicions.judge(Set.of(STRANGER));
        suspicions.judge(Set.of(STRANGER));
        assertThat(raised()).isEqualTo(2);
    }
}
