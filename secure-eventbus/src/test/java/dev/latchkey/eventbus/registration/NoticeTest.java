// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.eventbus.crypto.SigningKey;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Only what an orchestrator of this trust domain signed is a notice. */
class NoticeTest {
    private static final String DOMAIN = "test.example";
    private static final Revocations STATE =
            new Revocations(9, 8, Map.of("i1", 70L), Map.of("web", 60L), Map.of("resize", 3L));

    private final SigningKey key = SigningKey.generate();
    private final Buffer notice = Notice.sign(STATE, key, DOMAIN);

    private Revocations verified(Buffer bytes) {
        return Notice.verify(bytes, List.of(SigningKey.generate().verifyingKey(), key.verifyingKey()), DOMAIN);
    }

    @Test
    void notice_ofTrustedKey_isTheState() {
        assertThat(Notice.claimedNumber(notice)).isEqualTo(9);
        assertThat(verified(notice)).isEqualTo(STATE);
    }

    @Test
    void notice_withAnyByteChanged_isRefused() {
        for (int i = 1; i < notice.length(); i++) {
            Buffer changed = notice.copy().setByte(i, (byte) (notice.getByte(i) ^ 1));
            assertThatIllegalArgumentException().isThrownBy(() -> verified(changed));
        }
    }

    @Test
    void notice_ofAnotherTrustDomain_isRefused() {
        Buffer foreign = Notice.sign(STATE, key, "other.example");
        assertThatIllegalArgumentException().isThrownBy(() -> verified(foreign));
    }

    @Test
    void notice_whoseBodyNamesAnotherNumber_isRefused() {
        // As the number in front is signed too, only a key that is trusted can do this; readers still see one number.
        Buffer other = notice.copy().setLong(1, 10);
        assertThatIllegalArgumentException().isThrownBy(() -> verified(other));
    }

    @Test
    void bytes_thatCannotBeANotice_claimNoNumber() {
        assertThat(Notice.claimedNumber("text")).isEqualTo(-1);
        assertThat(Notice.claimedNumber(Buffer.buffer())).isEqualTo(-1);
        assertThat(Notice.claimedNumber(notice.getBuffer(0, 73))).isEqualTo(-1);
        assertThat(Notice.claimedNumber(notice.copy().setByte(0, (byte) 2))).isEqualTo(-1);
        assertThat(Notice.claimedNumber(
                        Buffer.buffer(new byte[Notice.MAX_LENGTH + 1]).setByte(0, (byte) 1)))
                .isEqualTo(-1);
    }

    @Test
    void state_thatFitsNoNotice_isNotSigned() {
        Map<String, Long> many = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            many.put("instance-" + i, 1L);
        }
        Revocations huge = new Revocations(9, 8, many, Map.of(), Map.of());
        assertThatIllegalArgumentException().isThrownBy(() -> Notice.sign(huge, key, DOMAIN));
    }

    @Test
    void revocation_holdsUntilItsTime_andIsThenLeftOut() {
        assertThat(STATE.revokes("i1", "x", 69)).isTrue();
        assertThat(STATE.revokes("i1", "x", 70)).isFalse();
        assertThat(STATE.revokes("x", "web", 59)).isTrue();
        assertThat(STATE.revokes("x", "x", 0)).isFalse();
        Revocations next = STATE.withInstance("i2", 200, 100).withFloors(Map.of("resize", 5L), 100);
        assertThat(next).isEqualTo(new Revocations(101, 100, Map.of("i2", 200L), Map.of(), Map.of("resize", 5L)));
        assertThat(next.withService("db", 300, 50))
                .isEqualTo(new Revocations(102, 101, Map.of("i2", 200L), Map.of("db", 300L), Map.of("resize", 5L)));
    }

    @Test
    void floor_refusesEpochsBelowIt() {
        assertThat(STATE.isStale("resize", 2)).isTrue();
        assertThat(STATE.isStale("resize", 3)).isFalse();
        assertThat(STATE.isStale("other", 0)).isFalse();
    }

    /** A state whose notice has exactly so many bytes; no name in it is longer than what JSON may have. */
    private static Revocations ofLength(int length) {
        int without =
                Notice.sign(revokedWith(""), SigningKey.generate(), DOMAIN).length();
        return revokedWith("x".repeat(length - without));
    }

    private static Revocations revokedWith(String name) {
        Map<String, Long> names = new HashMap<>(Map.of(name, 70L));
        for (int i = 100; i < 350; i++) {
            names.put(i + "y".repeat(1000), 70L);
        }
        return new Revocations(9, 8, names, Map.of(), Map.of());
    }

    @Test
    void notice_ofTheGreatestLength_isSignedAndRead() {
        Revocations most = ofLength(Notice.MAX_LENGTH);
        Buffer longest = Notice.sign(most, key, DOMAIN);
        assertThat(longest.length()).isEqualTo(Notice.MAX_LENGTH);
        assertThat(Notice.claimedNumber(longest)).isEqualTo(9);
        assertThat(verified(longest)).isEqualTo(most);
    }

    @Test
    void state_aByteTooLong_isNotSigned() {
        Revocations more = ofLength(Notice.MAX_LENGTH + 1);
        assertThatIllegalArgumentException().isThrownBy(() -> Notice.sign(more, key, DOMAIN));
    }
}
