// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DenialReasonTest {
    /** These cross the wire and are matched on: one may be added, none may change. */
    private static final Map<String, Integer> CODES = Map.ofEntries(
            Map.entry("NOT_INVITED", -7001),
            Map.entry("OUT_OF_SCOPE", -7002),
            Map.entry("EXPIRED", -7003),
            Map.entry("NOT_YET_VALID", -7004),
            Map.entry("STALE_EPOCH", -7005),
            Map.entry("REPLAYED", -7006),
            Map.entry("STALE_MESSAGE", -7007),
            Map.entry("TAMPERED", -7008),
            Map.entry("PLAINTEXT", -7009),
            Map.entry("MALFORMED", -7010),
            Map.entry("UNKNOWN_TOKEN", -7011),
            Map.entry("BAD_TOKEN", -7012),
            Map.entry("NOT_A_PROVIDER", -7013),
            Map.entry("OVERLOADED", -7014),
            Map.entry("UNREADABLE_BODY", -7015),
            Map.entry("UNWRITABLE_BODY", -7016),
            Map.entry("LEFT", -7017),
            Map.entry("UNAUTHENTICATED_FAILURE", -7018),
            Map.entry("BAD_CREDENTIAL", -7019),
            Map.entry("UNKNOWN_SERVICE", -7020),
            Map.entry("NOT_ALLOWED", -7021),
            Map.entry("UNKNOWN_LEASE", -7022),
            Map.entry("BAD_REGISTRATION", -7023),
            Map.entry("UNAVAILABLE", -7024));

    @Test
    void code_anyReason_isAsPublished() {
        Map<String, Integer> codes =
                Arrays.stream(DenialReason.values()).collect(Collectors.toMap(Enum::name, DenialReason::code));
        assertThat(codes).containsAllEntriesOf(CODES);
    }

    @Test
    void code_anyTwoReasons_differ() {
        assertThat(DenialReason.values()).extracting(DenialReason::code).doesNotHaveDuplicates();
        assertThat(DenialReason.values()).extracting(DenialReason::text).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void ofCode_ownCode_isTheReason(DenialReason reason) {
        assertThat(DenialReason.ofCode(reason.code())).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, -7000, 7001, Integer.MIN_VALUE})
    void ofCode_anyOtherCode_isNull(int code) {
        assertThat(DenialReason.ofCode(code)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void text_anyReason_isOneLineForPeople(DenialReason reason) {
        assertThat(reason.text()).isNotBlank().doesNotContain("\n").matches("[a-z][ -~]+");
    }
}
