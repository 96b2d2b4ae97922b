// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Backup addresses and whether a request may run twice, as a policy says it. */
final class PolicyFailoverTest {
    private static final String FAILOVER = "    failover: [image.backup.process]\n";
    private static final String AT = "conf/policy.yaml:12: operations.process_image.failover: ";

    @TempDir
    private Path directory;

    private OperationPolicy operation(String text) {
        return requireNonNull(PolicyText.load(directory, text).operations().get("process_image"));
    }

    private void assertRefused(String instead, String problem) {
        assertThat(PolicyText.problems(directory, PolicyText.with(FAILOVER, instead)))
                .containsExactly(problem);
    }

    @Test
    void failover_keepsItsOrder() {
        assertThat(operation(PolicyText.with(FAILOVER, "    failover: [b, a]\n"))
                        .failover())
                .containsExactly("b", "a");
    }

    @Test
    void idempotent_unset_isFalse() {
        assertThat(operation(PolicyText.GOOD).operation().idempotent()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void idempotent_set_isThat(boolean value) {
        String text = PolicyText.with(FAILOVER, FAILOVER + "    idempotent: " + value + "\n");
        assertThat(operation(text).operation().idempotent()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"ture, did you mean 'true'?", "yes, 'write one of true, false'"})
    void idempotent_anotherText_isRefused(String text, String fix) {
        assertRefused(
                FAILOVER + "    idempotent: " + text + "\n",
                "conf/policy.yaml:13: operations.process_image.idempotent: '" + text + "' is neither true nor false; "
                        + fix);
    }

    @Test
    void failover_pattern_isRefused() {
        assertRefused(
                "    failover: [image.backup.*]\n",
                AT + "'image.backup.*' has a wildcard; a failover must be one exact address");
    }

    @Test
    void failover_ofAnotherOperation_isRefused() {
        assertThat(PolicyText.problems(directory, PolicyText.with(FAILOVER, "    failover: [risk.calculate]\n")))
                .singleElement()
                .asString()
                .contains("'risk.calculate'", "let every address belong to one operation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "observe"})
    void failover_thatIsNotSealed_isRefused(String mode) {
        assertRefused(
                FAILOVER + "    modes: {image.backup.process: " + mode + "}\n",
                AT + "'image.backup.process' has mode " + mode
                        + ", which does not seal, and others of the operation do;"
                        + " give it mode strict or permissive");
    }

    /** An operation on its way to strict may have its backups listed already. */
    @Test
    void failover_ofAnOperationThatDoesNotSeal_isTaken() {
        assertThat(operation(PolicyText.with(FAILOVER, FAILOVER + "    mode: observe\n"))
                        .failover())
                .containsExactly("image.backup.process");
    }

    @Test
    void failover_ofMoreThanAreTried_isRefused() {
        String nine = IntStream.rangeClosed(1, FailoverReader.MOST + 1)
                .mapToObj(i -> "backup." + i)
                .collect(Collectors.joining(", ", "    failover: [", "]\n"));
        assertRefused(nine, AT + "9 backups are too many; list at most 8");
    }

    @Test
    void failover_misspelt_isAskedFor() {
        assertThat(PolicyText.problems(directory, PolicyText.with(FAILOVER, "    failovers: [image.backup.process]\n")))
                .containsExactly("conf/policy.yaml:12: operations.process_image.failovers: unknown key 'failovers'; did"
                        + " you mean 'failover'?");
    }
}
