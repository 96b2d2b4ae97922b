// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.crypto.SecretBytes;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What is told of a provider key. */
class KeyEpochTest {
    private final KeyEpoch key = fresh();

    private static KeyEpoch fresh() {
        return new KeyEpoch(1, 0, SecretBytes.random(32));
    }

    @Test
    void fingerprint_ofOneKey_isTheSame_whateverItsEpoch() {
        KeyEpoch copy = new KeyEpoch(2, 7, SecretBytes.taking(key.secret().copy()));
        assertThat(copy.fingerprint()).isEqualTo(key.fingerprint()).hasSize(16);
    }

    @Test
    void fingerprint_ofAnotherKey_isAnother() {
        assertThat(fresh().fingerprint()).isNotEqualTo(key.fingerprint());
    }

    @Test
    void fingerprintAndText_giveNothingOfTheKeyAway() {
        String hex = HexFormat.of().formatHex(key.secret().copy());
        assertThat(hex).doesNotContain(key.fingerprint());
        assertThat(key.toString()).isEqualTo("KeyEpoch[1 from 0]");
    }
}
