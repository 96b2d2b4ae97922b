// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policies in {@code conf} are ones that an orchestrator takes. */
final class ShippedPolicyTest {

    private static final Path CONF = Path.of("..", "conf");

    @ParameterizedTest
    @ValueSource(strings = {"policy.yaml", "policy-full.yaml"})
    void load_shipped_isTheDemo(String file) {
        Policy policy = PolicyFile.load(CONF.resolve(file));
        assertThat(policy.trustDomain()).isEqualTo("demo.latchkey");
        assertThat(policy.services().values())
                .containsExactly(
                        new ServicePolicy("gateway", Set.of(), Set.of("open_batch", "process_image")),
                        new ServicePolicy("image", Set.of("open_batch", "process_image"), Set.of("calculate_risk")),
                        new ServicePolicy("risk", Set.of("calculate_risk"), Set.of()));
    }

    @Test
    void load_full_saysWhatHoldsWithoutIt() {
        Policy brief = PolicyFile.load(CONF.resolve("policy.yaml"));
        Policy full = PolicyFile.load(CONF.resolve("policy-full.yaml"));
        assertThat(full.leaseDuration()).isEqualTo(brief.leaseDuration());
        assertThat(full.unlisted()).isEqualTo(brief.unlisted());
        assertThat(full.breach()).isEqualTo(brief.breach());
        assertThat(full.operations().get("open_batch"))
                .isEqualTo(brief.operations().get("open_batch"));
        assertThat(full.operations().get("process_image"))
                .extracting(OperationPolicy::tokenLifetime)
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void full_showsEverySetting() throws IOException {
        assertThat(Files.readString(CONF.resolve("policy-full.yaml")))
                .contains("version:", "trustDomain:", "defaults:", "operations:", "services:")
                .contains("tokenLifetime:", "rotationInterval:", "leaseDuration:", "outageGrace:")
                .contains("addresses:", "failover:", "idempotent:", "provides:", "invokes:")
                .contains("mode:", "modes:", "unlisted:")
                .contains("breach:", "count:", "window:", "reporters:", "action:", "quarantineFor:");
    }
}
