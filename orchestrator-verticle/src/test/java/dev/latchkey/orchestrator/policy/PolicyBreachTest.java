// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The threshold of violations, as a policy says it. */
final class PolicyBreachTest {
    private static final String BEFORE = "operations:\n";

    @TempDir
    private Path directory;

    private static String with(String section) {
        return PolicyText.with(BEFORE, section + BEFORE);
    }

    @Test
    void unset_raisesAlarmsOnly() {
        assertThat(PolicyText.load(directory, PolicyText.GOOD).breach())
                .isEqualTo(new BreachPolicy(10, Duration.ofMinutes(10), 2, BreachAction.ALARM, Duration.ofHours(1)));
    }

    @Test
    void empty_isAsUnset() {
        assertThat(PolicyText.load(directory, with("breach: {}\n")).breach()).isEqualTo(BreachPolicy.standard());
    }

    @Test
    void set_isTaken() {
        String section = "breach: {count: 100, window: 24h, reporters: 16, action: quarantine, quarantineFor: 30d}\n";
        assertThat(PolicyText.load(directory, with(section)).breach())
                .isEqualTo(
                        new BreachPolicy(100, Duration.ofHours(24), 16, BreachAction.QUARANTINE, Duration.ofDays(30)));
    }

    @Test
    void part_leavesTheRest() {
        assertThat(PolicyText.load(directory, with("breach: {action: quarantine}\n"))
                        .breach())
                .isEqualTo(
                        new BreachPolicy(10, Duration.ofMinutes(10), 2, BreachAction.QUARANTINE, Duration.ofHours(1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "count: 0 | count '0' is not from 1 to 100; write a whole number in that range",
                "count: 101 | count '101' is not from 1 to 100; write a whole number in that range",
                "count: 1e1 | count '1e1' is not from 1 to 100; write a whole number in that range",
                "count: 99999999999 | count '99999999999' is not from 1 to 100; write a whole number in that range",
                "reporters: 0 | reporters '0' is not from 1 to 16; write a whole number in that range",
                "reporters: 17 | reporters '17' is not from 1 to 16; write a whole number in that range",
                "window: 0s | '0s' is no time at all; write more than zero",
                "window: 500ms | window '500ms' is too short; write at least 1s",
                "window: 25h | window '25h' is too long; write at most 1d",
                "quarantineFor: 999ms | quarantineFor '999ms' is too short; write at least 1s",
                "action: quarantin | 'quarantin' is no action; did you mean 'quarantine'?",
                "action: block | 'block' is no action; write one of alarm, quarantine",
                "count: [1] | expected a text but found a list; write one value",
            })
    void wrong_isRefused_withItsLine(String setting, String problem) {
        String key = setting.substring(0, setting.indexOf(':'));
        assertThat(PolicyText.problems(directory, with("breach:\n  " + setting + "\n")))
                .containsExactly("conf/policy.yaml:8: breach." + key + ": " + problem);
    }

    @Test
    void unknown_isRefused() {
        assertThat(PolicyText.problems(directory, with("breach: {cuont: 3}\n")))
                .singleElement()
                .asString()
                .startsWith("conf/policy.yaml:7: breach.cuont: unknown key 'cuont'; did you mean 'count'?");
    }

    /** Or 'policy suggest' would take it out of the file. */
    @Test
    void outline_keepsIt() throws Exception {
        Path file = java.nio.file.Files.writeString(
                directory.resolve("policy.yaml"), with("breach: {count: 3, action: quarantine}\n"));
        assertThat(PolicyOutline.load(file).breach()).isEqualTo(Map.of("count", "3", "action", "quarantine"));
    }

    @Test
    void providers_areAllServicesThatMay() {
        Policy policy = PolicyText.load(directory, PolicyText.GOOD);
        assertThat(policy.providersOf("process_image")).containsExactly("image");
        assertThat(policy.providersOf("no_such")).isEmpty();
    }
}
