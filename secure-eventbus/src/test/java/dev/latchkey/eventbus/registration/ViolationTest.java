// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.eventbus.ViolationKind;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.json.JsonArray;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Violations in a question. */
class ViolationTest {
    private static final TokenId TOKEN = new TokenId(0x0123456789abcdefL, 7);

    private static Registration report(List<Violation> violations) {
        SecretBytes seed = SecretBytes.random(Registration.SEED_LENGTH);
        return new Registration(
                RegistrationKind.REPORT, 1, "web", "", "i", Set.of(), Set.of(), List.of(), seed, null, violations);
    }

    private static Violation of(ViolationKind kind) {
        return new Violation(kind, "greet", TOKEN, (1L << 48) - 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"OUT_OF_SCOPE", "NUMBER_REUSED", "FOREIGN_MESSAGE"})
    void format_ofWhatProvidersSee_isReadAgain(ViolationKind kind) {
        List<Violation> told = List.of(of(kind));
        assertThat(RegistrationFormat.read(RegistrationFormat.write(report(told)))
                        .violations())
                .isEqualTo(told);
    }

    @ParameterizedTest
    @EnumSource(names = {"WRONG_SERVICE", "FORBIDDEN_DECLARATION", "FALSE_OBSERVATION"})
    void violation_thatOnlyAnOrchestratorSees_isRefused(ViolationKind kind) {
        assertThatThrownBy(() -> of(kind)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void format_ofTheMostThatMayBeTold_fitsIntoAQuestion() {
        Violation longest = new Violation(ViolationKind.FOREIGN_MESSAGE, "x".repeat(63), TOKEN, (1L << 48) - 1);
        byte[] bytes = RegistrationFormat.write(report(Collections.nCopies(Violation.MAX_TOLD, longest)));
        assertThat(bytes.length).isLessThan(RegistrationWire.MAX_LENGTH - 64);
        assertThat(RegistrationFormat.read(bytes).violations()).hasSize(Violation.MAX_TOLD);
    }

    @Test
    void format_ofMore_isRefused() {
        byte[] bytes = RegistrationFormat.write(
                report(Collections.nCopies(Violation.MAX_TOLD + 1, of(ViolationKind.OUT_OF_SCOPE))));
        assertThatThrownBy(() -> RegistrationFormat.read(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[7]",
                "[[]]",
                "[[\"NO_SUCH\", \"greet\", \"0123456789abcdef0000000000000007\", 1]]",
                "[[\"OUT_OF_SCOPE\", \"\", \"0123456789abcdef0000000000000007\", 1]]",
                "[[\"OUT_OF_SCOPE\", null, \"0123456789abcdef0000000000000007\", 1]]",
                "[[\"OUT_OF_SCOPE\", \"greet\", \"0123\", 1]]",
                "[[\"OUT_OF_SCOPE\", \"greet\", \"0123456789abcdef0000000000000007\", -1]]",
                "[[\"OUT_OF_SCOPE\", \"greet\", \"0123456789abcdef0000000000000007\", null]]"
            })
    void format_ofSomethingElse_isRefused(String json) {
        assertThatThrownBy(() -> ViolationFormat.read(new JsonArray(json))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void violation_withTheFirstNumber_isOne_andNoneBelowIt() {
        assertThat(new Violation(ViolationKind.OUT_OF_SCOPE, "greet", TOKEN, 0).sequence())
                .isZero();
        assertThatThrownBy(() -> new Violation(ViolationKind.OUT_OF_SCOPE, "greet", TOKEN, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
