// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.ViolationKind;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.eventbus.registration.Violation;
import dev.latchkey.eventbus.token.TokenId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How orchestrators are told of violations. */
class ReporterTest extends GuardedTest {
    private static Violation violation(String operation, long sequence) {
        return new Violation(ViolationKind.OUT_OF_SCOPE, operation, new TokenId(98, 1), sequence);
    }

    private List<Registration> reports() {
        return orchestrator.asked.stream()
                .filter(question -> question.kind() == RegistrationKind.REPORT)
                .toList();
    }

    private List<Violation> told() {
        return reports().stream()
                .flatMap(report -> report.violations().stream())
                .toList();
    }

    @Test
    void violations_areToldInOneReport_byTheInstanceThatProvides() {
        for (int i = 0; i < 10; i++) {
            guard.reporter().note(violation("process_image", i));
        }
        await().until(() -> told().size() == 10);
        assertThat(reports()).singleElement().satisfies(report -> {
            assertThat(report.instance()).isEqualTo(member.instance());
            assertThat(report.credential()).isEmpty();
        });
    }

    @Test
    void violations_thatDoNotFitIntoOneReport_areToldInTheNext() {
        for (int i = 0; i < Violation.MAX_TOLD + 1; i++) {
            // Of two instances, as one of them may not take all the room.
            guard.reporter()
                    .note(new Violation(ViolationKind.OUT_OF_SCOPE, "process_image", new TokenId(98 + i % 2, 1), i));
        }
        await().until(() -> told().size() == Violation.MAX_TOLD + 1);
        assertThat(reports()).hasSize(2);
    }

    @Test
    void violation_atAnOperationThatNobodyHereProvides_isForgotten() {
        guard.reporter().note(violation("calculate_risk", 1));
        await().until(() -> guard.violations().isEmpty());
        assertThat(reports()).isEmpty();
        guard.reporter().note(violation("process_image", 2));
        await().until(() -> told().equals(List.of(violation("process_image", 2))));
    }

    @Test
    void report_thatNobodyTook_isMadeAgain() {
        AtomicInteger asked = new AtomicInteger();
        orchestrator.answers = registration -> asked.incrementAndGet() == 1
                ? new Answer.Denied(orchestrator.clock.millis(), DenialReason.UNAVAILABLE, "")
                : orchestrator.granted(registration);
        guard.reporter().note(violation("process_image", 1));
        await().until(() -> told().size() == 2);
        assertThat(told()).containsOnly(violation("process_image", 1));
    }

    @Test
    void report_thatIsNotBelieved_isNotMadeAgain() {
        orchestrator.answers =
                registration -> new Answer.Denied(orchestrator.clock.millis(), DenialReason.UNKNOWN_LEASE, "");
        guard.reporter().note(violation("process_image", 1));
        await().until(() -> told().size() == 1 && guard.violations().isEmpty());
        guard.reporter().note(violation("process_image", 2));
        await().until(() -> told().size() == 2);
        assertThat(told()).containsExactly(violation("process_image", 1), violation("process_image", 2));
    }
}
