// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalsTest {
    private final Refusals refusals = new Refusals();

    @Test
    void snapshot_nothingNoted_isEmpty() {
        assertThat(refusals.snapshot()).isEmpty();
    }

    @Test
    void snapshot_someNoted_countsEachReason() {
        refusals.note(DenialReason.REPLAYED, "a");
        refusals.note(DenialReason.REPLAYED, "b");
        refusals.note(DenialReason.TAMPERED, "a");
        assertThat(refusals.snapshot())
                .containsExactlyInAnyOrderEntriesOf(Map.of(DenialReason.REPLAYED, 2L, DenialReason.TAMPERED, 1L));
    }

    @ParameterizedTest
    @EnumSource
    void note_anyReason_isCounted(DenialReason reason) {
        refusals.note(reason, "a");
        assertThat(refusals.snapshot()).containsOnlyKeys(reason);
    }

    @Test
    void snapshot_notedLater_staysAsItWas() {
        refusals.note(DenialReason.REPLAYED, "a");
        Map<DenialReason, Long> before = refusals.snapshot();
        refusals.note(DenialReason.REPLAYED, "a");
        assertThat(before).containsEntry(DenialReason.REPLAYED, 1L);
        assertThat(refusals.snapshot()).containsEntry(DenialReason.REPLAYED, 2L);
    }

    @Test
    void note_strangeAddress_isCounted() {
        refusals.note(DenialReason.PLAINTEXT, "");
        refusals.note(DenialReason.PLAINTEXT, "\n\r\u0000\ud800".repeat(1000));
        assertThat(refusals.snapshot()).containsEntry(DenialReason.PLAINTEXT, 2L);
    }

    @Test
    void of_isTheNumberOfOneReason() {
        refusals.note(DenialReason.REPLAYED, "a");
        refusals.note(DenialReason.REPLAYED, "a");
        assertThat(refusals.of(DenialReason.REPLAYED)).isEqualTo(2);
        assertThat(refusals.of(DenialReason.TAMPERED)).isZero();
    }

    @Test
    void note_isLoggedFirstAndWheneverTheNumberDoubles_cleaned() {
        try (LogLines log = LogLines.of("dev.latchkey.refusals")) {
            for (int i = 0; i < 5; i++) {
                refusals.note(DenialReason.REPLAYED, "line\nbreak");
            }
            assertThat(log.all())
                    .containsExactly(
                            "refused REPLAYED on 'line?break' (1 so far)",
                            "refused REPLAYED on 'line?break' (2 so far)",
                            "refused REPLAYED on 'line?break' (4 so far)");
        }
    }
}
