// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.node.NodeFolder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A family of the suite, in its separate JVMs; the whole is {@code latchkey attack}. */
class AttackRunTest {
    @Test
    void replays_areHeldOff_andHonestTrafficGoesOn() throws Exception {
        List<AttackRow> watched = new ArrayList<>();
        try (NodeFolder folder = NodeFolder.create(AttackCommand.class, "attack-policy.yaml")) {
            AttackReport report = new AttackRun(folder, "replay", watched::add).run();
            assertThat(report.failings()).isEmpty();
            assertThat(report.rows()).hasSizeGreaterThan(5).containsExactlyElementsOf(watched);
            assertThat(report.honest().sent()).isPositive();
        }
    }
}
