// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which keys a line makes, and which of them it forgets. */
class KeyLineTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final Duration HONOUR = Duration.ofMinutes(10);
    private static final long HOUR = INTERVAL.toMillis();

    private final KeyLine line = KeyLine.start(NOW, INTERVAL);

    private static KeyLine copy(KeyLine line) {
        return KeyLine.fromBytes(line.toBytes());
    }

    private static Map<Long, String> keys(KeyLine line) {
        Function<KeyEpoch, String> key =
                epoch -> HexFormat.of().formatHex(epoch.secret().copy());
        return line.epochs().stream().collect(Collectors.toMap(KeyEpoch::epoch, key));
    }

    @Test
    void start_hasAnActiveAndAPreparedKey() {
        assertThat(line)
                .hasToString("[KeyEpoch[1 from " + NOW + "], KeyEpoch[2 from " + (NOW + HOUR) + "], KeyEpoch[3 from "
                        + (NOW + 2 * HOUR) + "]]");
        assertThat(keys(line).values()).doesNotHaveDuplicates();
    }

    @Test
    void advance_nothingDue_isTheSame() {
        assertThat(line.advance(NOW, INTERVAL, HONOUR)).isSameAs(line);
    }

    /** The halves of a cluster that was cut: neither sees what the other writes. */
    @Test
    void advance_twiceFromOneState_makesTheSameKeysForTheSameEpochs() {
        KeyLine one = copy(line).advance(NOW + 3 * HOUR, INTERVAL, HONOUR);
        KeyLine other = copy(line);
        for (int minutes = 0; minutes <= 180; minutes += 20) {
            other = other.advance(NOW + Duration.ofMinutes(minutes).toMillis(), INTERVAL, HONOUR);
        }
        assertThat(one.highest()).isGreaterThan(line.highest() + 1);
        assertThat(other.highest()).isGreaterThan(line.highest() + 1);
        Map<Long, String> common = keys(one);
        common.keySet().retainAll(keys(other).keySet());
        assertThat(common).hasSizeGreaterThan(1);
        assertThat(keys(other)).containsAllEntriesOf(common);
    }

    /** One half rotates before its time. */
    @Test
    void hastened_thenAdvanced_makesTheSameKeysAsWithout() {
        Map<Long, String> without = keys(copy(line).advance(NOW + HOUR, INTERVAL, HONOUR));
        Map<Long, String> hastened =
                keys(copy(line).hastened(NOW + 1, NOW).advance(NOW + HOUR, INTERVAL, Duration.ofDays(1)));
        assertThat(hastened).containsAllEntriesOf(without);
    }

    @Test
    void replaced_hasNoKeyAndNoChainOfBefore() {
        KeyLine replaced = line.replaced(NOW, INTERVAL);
        KeyLine later = line.advance(NOW + 3 * HOUR, INTERVAL, Duration.ofDays(1));
        assertThat(keys(replaced).values())
                .doesNotContainAnyElementsOf(keys(later).values());
        assertThat(replaced.active(NOW).activeFrom()).isEqualTo(NOW);
    }

    /** Two halves that revoke make different keys, so they must not give them one number. */
    @Test
    void replaced_twiceFromOneState_sharesNoNumber() {
        for (int i = 0; i < 20; i++) {
            KeyLine one = line.replaced(NOW, INTERVAL);
            KeyLine other = line.replaced(NOW, INTERVAL);
            assertThat(keys(one).keySet())
                    .doesNotContainAnyElementsOf(keys(other).keySet());
        }
    }

    /** One half revokes and the other, which does not know of it, goes on for a while. */
    @Test
    void replaced_numberIsBeyondWhatTheOldChainReaches() {
        KeyLine goesOn = copy(line);
        for (int i = 1; i <= 100; i++) {
            goesOn = goesOn.advance(NOW + i * HOUR, INTERVAL, HONOUR);
        }
        assertThat(line.replaced(NOW, INTERVAL).epochs().get(0).epoch())
                .isGreaterThan(goesOn.highest())
                .isBetween(line.highest() + (1 << 10), line.highest() + (1 << 20));
    }

    @Test
    void advance_andErased_forgetsTheChainThatLedThere() {
        KeyLine before = copy(line);
        KeyLine after = before.advance(NOW + 3 * HOUR, INTERVAL, HONOUR);
        before.eraseAllBut(after);
        assertThatThrownBy(before::toBytes).hasMessageContaining("erased");
        assertThat(keys(after)).hasSameSizeAs(after.epochs());
        assertThat(copy(after)).hasToString(after.toString());
    }

    @Test
    void advance_onlyWithoutWhatEnded_keepsTheChain() {
        KeyLine ahead = line.advance(NOW + HOUR, INTERVAL, Duration.ofDays(1));
        KeyLine shorter = ahead.advance(NOW + HOUR, INTERVAL, Duration.ZERO);
        ahead.eraseAllBut(shorter);
        assertThat(shorter.epochs()).hasSize(ahead.epochs().size() - 1);
        assertThat(keys(shorter.advance(NOW + 2 * HOUR, INTERVAL, HONOUR))).isNotEmpty();
    }

    @Test
    void erase_forgetsKeysAndChain() {
        line.erase();
        assertThat(line.epochs()).allMatch(epoch -> epoch.secret().isErased());
        assertThatThrownBy(line::toBytes).hasMessageContaining("erased");
    }

    @Test
    void fromBytes_chainWithoutKeys_isRefused() {
        assertThatThrownBy(() -> KeyLine.fromBytes(new byte[KeyRatchet.LENGTH]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32");
    }
}
