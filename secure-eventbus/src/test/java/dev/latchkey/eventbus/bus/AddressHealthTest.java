// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Bound;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When an address that failed is avoided, tried again, and back. The clock is the test's. */
class AddressHealthTest {
    private static final String FIRST = "first";
    private static final String SECOND = "second";
    private static final List<String> ALL = List.of(FIRST, SECOND);

    private final ManualClock clock = new ManualClock(1_000);
    private final Bounds bounds = new Bounds();
    private final AddressHealth health = new AddressHealth(clock::millis, bounds);

    private void pass(long millis) {
        clock.set(clock.millis() + millis);
    }

    @Test
    void choose_nothingFailed_isTheFirst() {
        assertThat(health.choose(ALL)).isEqualTo(FIRST);
    }

    @Test
    void choose_firstFailed_isTheSecondUntilTheTimeIsUp() {
        health.failed(FIRST, false);
        pass(AddressState.FIRST_MILLIS - 1);
        assertThat(health.choose(ALL)).isEqualTo(SECOND);
        pass(1);
        assertThat(health.choose(ALL)).isEqualTo(FIRST);
    }

    @Test
    void choose_whileOneRequestTries_isTheSecond() {
        health.failed(FIRST, false);
        pass(AddressState.FIRST_MILLIS);
        assertThat(health.choose(ALL)).isEqualTo(FIRST);
        pass(AddressState.MOST_MILLIS);
        assertThat(health.choose(ALL)).isEqualTo(SECOND);
    }

    @Test
    void choose_afterTheTrialSucceeded_isTheFirst() {
        health.failed(FIRST, false);
        pass(AddressState.FIRST_MILLIS);
        health.choose(ALL);
        health.answered(FIRST);
        assertThat(health.choose(ALL)).isEqualTo(FIRST);
        assertThat(health.choose(ALL)).isEqualTo(FIRST);
    }

    @Test
    void choose_afterTheTrialFailed_avoidsTheFirstTwiceAsLong() {
        health.failed(FIRST, false);
        pass(AddressState.FIRST_MILLIS);
        health.choose(ALL);
        health.failed(FIRST, false);
        pass(2 * AddressState.FIRST_MILLIS - 1);
        assertThat(health.choose(ALL)).isEqualTo(SECOND);
        pass(1);
        assertThat(health.choose(ALL)).isEqualTo(FIRST);
    }

    /** What a trial proves nothing by leaves the address where it was. */
    @Test
    void choose_afterATrialOfUnknownOutcome_avoidsTheFirst() {
        health.failed(FIRST, true);
        pass(AddressState.FIRST_MILLIS);
        health.choose(ALL);
        health.unknown(FIRST);
        assertThat(health.choose(ALL)).isEqualTo(SECOND);
        pass(2 * AddressState.FIRST_MILLIS);
        assertThat(health.choose(ALL)).isEqualTo(FIRST);
    }

    @Test
    void unknown_ofAnAddressInOrder_changesNothing() {
        health.unknown(FIRST);
        assertThat(health.choose(ALL)).isEqualTo(FIRST);
    }

    @Test
    void choose_allFailed_isTheFirst() {
        ALL.forEach(address -> health.failed(address, false));
        assertThat(health.choose(ALL)).isEqualTo(FIRST);
    }

    /** Many requests fail with one address: that is one failure. */
    @Test
    void failed_whileItIsAvoided_doesNotProlongIt() {
        for (int i = 0; i < 100; i++) {
            health.failed(FIRST, true);
        }
        pass(AddressState.FIRST_MILLIS);
        assertThat(health.choose(ALL)).isEqualTo(FIRST);
    }

    @Test
    void failed_timeAndAgain_isAvoidedForABoundedTime() {
        for (int i = 0; i < 50; i++) {
            health.failed(FIRST, false);
            pass(AddressState.MOST_MILLIS);
            assertThat(health.choose(ALL)).isEqualTo(FIRST);
        }
    }

    @Test
    void chooseOneWay_ofAnAddressThatIsTried_isTheSecond() {
        health.failed(FIRST, false);
        pass(AddressState.FIRST_MILLIS);
        health.choose(ALL);
        assertThat(health.chooseOneWay(ALL)).isEqualTo(SECOND);
    }

    @Test
    void chooseOneWay_whenNobodyAnsweredAtTheFirst_waitsForARequestToSucceed() {
        health.failed(FIRST, true);
        pass(AddressState.MOST_MILLIS);
        assertThat(health.chooseOneWay(ALL)).isEqualTo(SECOND);
        health.found(FIRST);
        assertThat(health.chooseOneWay(ALL)).isEqualTo(SECOND);
        health.answered(FIRST);
        assertThat(health.chooseOneWay(ALL)).isEqualTo(FIRST);
    }

    @Test
    void chooseOneWay_whenNobodyWasAtTheFirst_triesItWhenItsTimeIsUp() {
        health.failed(FIRST, false);
        assertThat(health.chooseOneWay(ALL)).isEqualTo(SECOND);
        pass(AddressState.FIRST_MILLIS);
        assertThat(health.chooseOneWay(ALL)).isEqualTo(FIRST);
        health.found(FIRST);
        assertThat(health.state(FIRST)).isNull();
    }

    @Test
    void failed_ofMoreAddressesThanAreKept_hitsTheBound() {
        for (int i = 0; i < AddressHealth.MAX_ADDRESSES; i++) {
            health.failed("address." + i, false);
        }
        assertThat(bounds.of(Bound.FAILED_ADDRESSES)).isZero();
        for (int i = 0; i < AddressHealth.MAX_ADDRESSES; i++) {
            health.failed("other." + i, false);
        }
        assertThat(health.size()).isLessThanOrEqualTo(AddressHealth.MAX_ADDRESSES);
        assertThat(bounds.of(Bound.FAILED_ADDRESSES)).isPositive();
    }
}
