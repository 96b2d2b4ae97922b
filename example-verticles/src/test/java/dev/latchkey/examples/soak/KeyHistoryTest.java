// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Two keys for one epoch are found, whoever tells them and when. */
class KeyHistoryTest {
    private final KeyHistory history = new KeyHistory();

    private void told(String operation, String epoch, String fingerprint) {
        history.note(new JsonObject().put(operation, new JsonObject().put(epoch, fingerprint)));
    }

    @Test
    void keysOfOneHistory_areNotForked() {
        told("a", "1", "x");
        told("a", "1", "x");
        told("a", "2", "y");
        told("b", "1", "z");
        assertThat(history.epochs()).isEqualTo(3);
        assertThat(history.forked()).isEmpty();
    }

    @Test
    void twoKeysForOneEpoch_areFound_andNamed() {
        told("a", "1", "x");
        told("a", "2", "y");
        told("a", "1", "other");
        assertThat(history.forked()).containsExactly("a 1");
    }
}
