// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.token.GrantMaker;
import dev.latchkey.eventbus.token.TokenGrant;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a receiver accepts a token past its end. All times are the test's. */
class OutageGraceTest {
    private static final long END = GrantMaker.EXPIRES * 1000;
    private static final long HOUR = 3_600_000;
    private static final long ENOUGH = OutageGrace.TIME_TO_RENEW_MILLIS;

    private final TokenGrant grant = new GrantMaker().grace(3600).make();
    private final OutageGrace grace = new OutageGrace();

    private boolean stretchesAt(long now) {
        return grace.stretches(grant, now, Duration.ZERO);
    }

    @Test
    void nobodyAnswers_isStretchedFromItsEndToThatOfItsGrace() {
        grace.answered(END - ENOUGH);
        grace.missed();
        assertThat(stretchesAt(END - 1)).isFalse();
        assertThat(stretchesAt(END)).isTrue();
        assertThat(stretchesAt(END + HOUR - 1)).isTrue();
        assertThat(stretchesAt(END + HOUR)).isFalse();
    }

    @Test
    void tokenWithoutGrace_isNotStretched() {
        grace.missed();
        assertThat(grace.stretches(new GrantMaker().make(), END, Duration.ZERO)).isFalse();
    }

    @Test
    void orchestratorAnswers_isNotStretchedOnceItsHolderHadTimeToRenew() {
        grace.answered(END - HOUR);
        grace.answered(END + ENOUGH - 1);
        assertThat(stretchesAt(END + ENOUGH)).isTrue();
        grace.answered(END + ENOUGH);
        assertThat(stretchesAt(END + ENOUGH)).isFalse();
    }

    /** When an outage ends, the receiver may be the first to notice. */
    @Test
    void orchestratorAnswersAgain_leavesItsHolderTimeToRenew() {
        grace.missed();
        grace.answered(END + 100_000);
        grace.answered(END + 100_000 + ENOUGH - 1);
        assertThat(stretchesAt(END + 100_000 + ENOUGH)).isTrue();
        grace.answered(END + 100_000 + ENOUGH);
        assertThat(stretchesAt(END + 100_000 + ENOUGH)).isFalse();
    }

    /** What is known of its messages is forgotten by then. */
    @Test
    void onceRefused_staysRefusedInTheNextOutage() {
        grace.answered(END);
        grace.answered(END + ENOUGH);
        grace.missed();
        assertThat(stretchesAt(END + ENOUGH)).isFalse();
    }

    @Test
    void missedInBetween_startsTheTimeToRenewAnew() {
        grace.answered(END);
        grace.missed();
        grace.answered(END + ENOUGH);
        assertThat(stretchesAt(END + ENOUGH)).isTrue();
    }
}
