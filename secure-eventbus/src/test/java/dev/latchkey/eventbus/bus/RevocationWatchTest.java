// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.registration.Notice;
import dev.latchkey.eventbus.registration.Revocations;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a JVM knows to be revoked only gets newer, and only orchestrators tell it. */
class RevocationWatchTest {
    private static final String DOMAIN = "test.example";

    private final SigningKey key = SigningKey.generate();
    private final AtomicLong clock = new AtomicLong(5_000);
    private final Alarms alarms = new Alarms();
    private final Bounds bounds = new Bounds();
    private final List<Long> told = new ArrayList<>();
    private final RevocationWatch watch = new RevocationWatch(
            new TrustBundle(DOMAIN, HpkeKeyPair.generate().publicKey(), List.of(key.verifyingKey())),
            clock::get,
            alarms,
            bounds,
            revocations -> told.add(revocations.number()));

    private static Revocations state(long number, long previous) {
        return new Revocations(number, previous, Map.of("i" + number, 9L), Map.of(), Map.of());
    }

    private Buffer notice(long number, long previous) {
        return Notice.sign(state(number, previous), key, DOMAIN);
    }

    private Buffer forged(long number) {
        return notice(number, 0).setByte(9, (byte) 0).setByte(10, (byte) 0);
    }

    @Test
    void notice_thatIsNewer_isTaken() {
        watch.heard(notice(1, 0));
        watch.heard(notice(2, 1));
        assertThat(watch.known()).isEqualTo(state(2, 1));
        assertThat(told).containsExactly(1L, 2L);
        assertThat(alarms.snapshot()).isEmpty();
    }

    @Test
    void notice_thatIsOldOrKnown_isDropped() {
        watch.heard(notice(2, 1));
        watch.heard(notice(1, 0));
        watch.heard(notice(2, 1));
        assertThat(told).containsExactly(2L);
    }

    @Test
    void notice_afterAGap_isTakenAndRaisesAnAlarm() {
        watch.heard(notice(1, 0));
        watch.heard(notice(3, 2));
        assertThat(told).containsExactly(1L, 3L);
        assertThat(alarms.snapshot()).containsOnly(Map.entry(Alarm.MISSED_NOTICE, 1L));
    }

    @Test
    void notice_thatNobodyTrustedSigned_isDroppedAndRaisesAnAlarm() {
        watch.heard(forged(7));
        assertThat(watch.known()).isEqualTo(Revocations.none());
        assertThat(alarms.snapshot()).containsOnly(Map.entry(Alarm.FORGED_NOTICE, 1L));
    }

    @Test
    void flood_isCheckedOnlySoOftenASecond_andTheNextSecondIsNew() {
        for (int i = 0; i < 3 * RevocationWatch.CHECKS_PER_SECOND; i++) {
            watch.heard(forged(7));
        }
        assertThat(alarms.snapshot()).containsEntry(Alarm.FORGED_NOTICE, (long) RevocationWatch.CHECKS_PER_SECOND);
        assertThat(bounds.of(Bound.NOTICE_CHECKS)).isEqualTo(2 * RevocationWatch.CHECKS_PER_SECOND);
        watch.heard(notice(1, 0));
        assertThat(told).isEmpty();
        clock.addAndGet(1_000);
        watch.heard(notice(1, 0));
        assertThat(told).containsExactly(1L);
    }

    @Test
    void answer_thatIsNewerThanTheLastNotice_tellsOfAMissedOne() {
        watch.answered(state(1, 0));
        assertThat(alarms.snapshot()).isEmpty();
        watch.answered(state(2, 1));
        assertThat(alarms.snapshot()).containsOnly(Map.entry(Alarm.MISSED_NOTICE, 1L));
        assertThat(told).containsExactly(1L, 2L);
    }

    @Test
    void answer_thatIsOlder_changesNothingAndRaisesAnAlarm() {
        watch.answered(state(2, 1));
        watch.answered(state(1, 0));
        assertThat(watch.known()).isEqualTo(state(2, 1));
        assertThat(alarms.snapshot()).containsOnly(Map.entry(Alarm.OLD_STATE, 1L));
    }
}
