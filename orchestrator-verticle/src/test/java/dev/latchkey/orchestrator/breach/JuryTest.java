// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.breach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.orchestrator.policy.BreachAction;
import dev.latchkey.orchestrator.policy.BreachPolicy;
import dev.latchkey.orchestrator.state.Offence;
import dev.latchkey.orchestrator.state.Offences;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How many services would have to lie. */
class JuryTest {
    private static final int COUNT = 3;
    private static final Map<String, Set<String>> PROVIDERS = Map.of(
            "greet", Set.of("greeter"),
            "count", Set.of("counter"),
            "paint", Set.of("painter", "greeter"),
            "vault", Set.of("greeter", "counter"),
            "orphan", Set.of());

    private final List<Offence> offences = new ArrayList<>();

    private Verdict judge(int reporters) {
        BreachPolicy policy = new BreachPolicy(
                COUNT, Duration.ofMinutes(1), reporters, BreachAction.QUARANTINE, Duration.ofMinutes(1));
        return new Jury(policy, operation -> Objects.requireNonNull(PROVIDERS.get(operation)))
                .judge(new Offences(0, offences));
    }

    private JuryTest told(String operation, int times) {
        for (int i = 0; i < times; i++) {
            offences.add(new Offence(operation, "m" + offences.size(), i));
        }
        return this;
    }

    @Test
    void fewerThanTheCount_areNothing() {
        assertThat(told("greet", COUNT - 1).told("count", COUNT - 1).judge(1)).isEqualTo(Verdict.NONE);
    }

    @Test
    void oneOperation_accuses_howeverManyViolationsThereAre() {
        assertThat(told("greet", 100 * COUNT).judge(2)).isEqualTo(Verdict.ACCUSED);
    }

    /** Each of them has to reach the count by itself, or the liar could do the counting for the honest. */
    @Test
    void secondOperationBelowTheCount_doesNotHelp() {
        assertThat(told("greet", 100).told("count", COUNT - 1).judge(2)).isEqualTo(Verdict.ACCUSED);
    }

    @Test
    void twoOperationsOfDifferentProviders_areABreach() {
        assertThat(told("greet", COUNT).told("count", COUNT).judge(2)).isEqualTo(Verdict.BREACH);
    }

    @Test
    void twoOperationsWithOneProviderInCommon_accuse() {
        assertThat(told("greet", COUNT).told("paint", COUNT).judge(2)).isEqualTo(Verdict.ACCUSED);
        assertThat(told("vault", COUNT).judge(2)).isEqualTo(Verdict.ACCUSED);
    }

    @Test
    void operationsAreChosenSoThatTheyHaveNoneInCommon() {
        assertThat(told("vault", COUNT)
                        .told("greet", COUNT)
                        .told("count", COUNT)
                        .judge(2))
                .isEqualTo(Verdict.BREACH);
        assertThat(judge(3)).isEqualTo(Verdict.ACCUSED);
    }

    @Test
    void oneReporterIsEnough_whereThePolicySaysSo() {
        assertThat(told("greet", COUNT).judge(1)).isEqualTo(Verdict.BREACH);
    }

    /** Nobody can have seen anything there. */
    @Test
    void operationWithoutProviders_countsForNobody() {
        assertThat(told("orphan", COUNT).judge(1)).isEqualTo(Verdict.ACCUSED);
    }

    @Test
    void whatOrchestratorsSaw_needsNoReporter() {
        assertThat(told("", COUNT - 1).judge(2)).isEqualTo(Verdict.NONE);
        assertThat(told("", 1).judge(2)).isEqualTo(Verdict.BREACH);
    }
}
