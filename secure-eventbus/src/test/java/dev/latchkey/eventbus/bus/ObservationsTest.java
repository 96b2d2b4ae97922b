// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.policy.Mode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ObservationsTest {
    private static final int ALL = Integer.MAX_VALUE;

    private final Observations observations = new Observations();
    private final PlaintextPassage passage = new PlaintextPassage(observations);

    private void note(String address, String service, int times) {
        for (int i = 0; i < times; i++) {
            observations.note(address, Flow.SENT, service, Mode.OBSERVE);
        }
    }

    private static Observation sent(String address, String service, long messages) {
        return new Observation(address, Flow.SENT, service, messages);
    }

    @Test
    void snapshot_countsByAddressFlowAndService() {
        note("a", "one", 2);
        note("a", "two", 1);
        observations.note("a", Flow.RECEIVED, "one", Mode.PERMISSIVE);
        assertThat(observations.snapshot())
                .containsExactlyInAnyOrder(
                        sent("a", "one", 2), sent("a", "two", 1), new Observation("a", Flow.RECEIVED, "one", 1));
    }

    @Test
    void take_ofAService_isItsOwnAndNobodys() {
        note("a", "one", 2);
        note("a", "two", 1);
        note("a", "", 3);
        assertThat(observations.take("one", ALL)).containsExactlyInAnyOrder(sent("a", "one", 2), sent("a", "", 3));
    }

    @Test
    void take_again_isOnlyWhatIsNew() {
        note("a", "one", 2);
        observations.take("one", ALL);
        assertThat(observations.take("one", ALL)).isEmpty();
        note("a", "one", 5);
        assertThat(observations.take("one", ALL)).containsExactly(sent("a", "one", 5));
        assertThat(observations.snapshot()).containsExactly(sent("a", "one", 7));
    }

    @Test
    void take_moreThanAskedFor_isKeptForTheNext() {
        note("a", "one", 1);
        note("b", "one", 1);
        assertThat(observations.take("one", 200)).hasSize(1);
        assertThat(observations.take("one", 200)).hasSize(1);
        assertThat(observations.take("one", 200)).isEmpty();
    }

    @Test
    void take_busyAddresses_doNotKeepOthersFromBeingTold() {
        Set<String> told = new HashSet<>();
        for (int renewal = 0; renewal < 10; renewal++) {
            for (int i = 0; i < 100; i++) {
                note("address" + i, "one", 1);
            }
            observations.take("one", 8192).forEach(one -> told.add(one.address()));
        }
        assertThat(told).hasSize(100);
    }

    @Test
    void claim_whileNothingPasses_isForgotten() {
        passage.claim("one");
        passage.receive("a", Mode.OBSERVE, () -> {});
        assertThat(observations.snapshot()).containsExactly(new Observation("a", Flow.RECEIVED, "", 1));
    }

    @Test
    void giveBack_untold_isTakenAgain() {
        note("a", "one", 2);
        List<Observation> taken = observations.take("one", ALL);
        note("a", "one", 1);
        observations.giveBack(taken);
        assertThat(observations.take("one", ALL)).containsExactly(sent("a", "one", 3));
    }

    @Test
    void note_pastTheBound_isCountedAsOverflow() {
        for (int i = 0; i < Observations.MAX_COUNTERS; i++) {
            note("address" + i, "one", 1);
        }
        note("one too many", "one", 2);
        note("address1", "one", 1);
        assertThat(observations.snapshot()).hasSize(Observations.MAX_COUNTERS);
        assertThat(observations.overflow()).isEqualTo(2);
    }

    @Test
    void note_addressTooLongForAnyPolicy_isCountedAsOverflow() {
        note("a".repeat(256), "one", 1);
        assertThat(observations.snapshot()).isEmpty();
        assertThat(observations.overflow()).isEqualTo(1);
    }

    @Test
    void send_underAService_isTheServices() {
        passage.sendAs("one", () -> {
            passage.send("a", Mode.OBSERVE);
            return true;
        });
        passage.send("a", Mode.OBSERVE);
        assertThat(observations.snapshot()).containsExactlyInAnyOrder(sent("a", "one", 1), sent("a", "", 1));
    }

    @Test
    void receive_claimed_isTheServices_elseNobodys() {
        passage.receive("a", Mode.OBSERVE, () -> passage.claim("one"));
        passage.receive("a", Mode.OBSERVE, () -> {});
        assertThat(observations.snapshot())
                .containsExactlyInAnyOrder(
                        new Observation("a", Flow.RECEIVED, "one", 1), new Observation("a", Flow.RECEIVED, "", 1));
    }

    @Test
    void receive_withinAnother_doesNotDisturbIt() {
        AtomicBoolean inner = new AtomicBoolean();
        passage.receive("outer", Mode.OBSERVE, () -> {
            passage.claim("one");
            passage.receive("inner", Mode.OBSERVE, () -> inner.set(true));
        });
        assertThat(inner).isTrue();
        assertThat(observations.snapshot())
                .contains(
                        new Observation("outer", Flow.RECEIVED, "one", 1),
                        new Observation("inner", Flow.RECEIVED, "", 1));
    }
}
