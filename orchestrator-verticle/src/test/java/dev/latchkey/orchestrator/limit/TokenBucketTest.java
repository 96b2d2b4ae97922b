// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.orchestrator.notice.Noticed;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private long now = 1_000_000;

    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    };

    private static long taken(TokenBucket bucket, int tries) {
        return IntStream.range(0, tries).filter(i -> bucket.take()).count();
    }

    @Test
    void take_refillsWithTime_upToOneSecondsWorth() {
        TokenBucket bucket = new TokenBucket(10, clock);
        assertThat(taken(bucket, 20)).isEqualTo(10);
        now += 500;
        assertThat(taken(bucket, 20)).isEqualTo(5);
        now += 3_600_000;
        assertThat(taken(bucket, 20)).isEqualTo(10);
    }

    @Test
    void take_whenTheClockStepsBack_givesNothingAndGoesOn() {
        TokenBucket bucket = new TokenBucket(10, clock);
        taken(bucket, 10);
        now -= 5_000;
        assertThat(taken(bucket, 1)).isZero();
        now += 1_000;
        assertThat(taken(bucket, 20)).isEqualTo(10);
    }

    @Test
    void questions_thatAreBeingAnswered_areBounded() {
        Noticed noticed = new Noticed();
        QuestionLimit limit = new QuestionLimit(1_000_000, 1, Set.of(), clock, noticed);
        for (int i = 0; i < QuestionLimit.MAX_UNDER_WAY; i++) {
            assertThat(limit.begin()).isTrue();
        }
        assertThat(limit.begin()).isFalse();
        assertThat(noticed.of(Bound.QUESTIONS_UNDER_WAY)).isEqualTo(1);
        limit.end();
        assertThat(limit.begin()).isTrue();
    }
}
