// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.eventbus.registration.NodeAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ProviderTableTest {
    private static final long NOW = 1_000_000;
    private final AtomicInteger full = new AtomicInteger();
    private final ProviderTable table = new ProviderTable(full::incrementAndGet);

    private static String name(int number) {
        return HexFormat.of().toHexDigits((long) number);
    }

    private static ProviderEntry living(int number, long until) {
        return ProviderEntry.living(name(number), "web", new NodeAddress("node", "127.0.0.1", 1), until);
    }

    private static ProviderEntry ended(int number, long until) {
        return ProviderEntry.ended(name(number), until);
    }

    @Test
    void merge_laterLease_isTaken_earlierIsNot() {
        assertThat(table.merge(List.of(living(1, NOW + 10)), NOW)).isTrue();
        assertThat(table.merge(List.of(living(1, NOW + 20)), NOW)).isTrue();
        assertThat(table.merge(List.of(living(1, NOW + 15)), NOW)).isFalse();
        assertThat(table.living(NOW)).containsExactly(living(1, NOW + 20));
    }

    @Test
    void merge_afterTheEnd_bringsNobodyBack() {
        table.merge(List.of(living(1, NOW + 10), ended(1, NOW + 10)), NOW);
        assertThat(table.merge(List.of(living(1, NOW + 10)), NOW)).isFalse();
        // Not with a later lease either: an end is final.
        table.merge(List.of(living(1, NOW + 99)), NOW);
        assertThat(table.living(NOW)).isEmpty();
    }

    @Test
    void merge_whatIsOver_isNothing() {
        assertThat(table.merge(List.of(living(1, NOW), ended(2, NOW)), NOW)).isFalse();
        assertThat(table.all(NOW)).isEmpty();
    }

    @Test
    void living_afterTheLease_isGone() {
        table.merge(List.of(living(1, NOW + 10), living(2, NOW + 20)), NOW);
        assertThat(table.nextEnd()).isEqualTo(NOW + 10);
        assertThat(table.living(NOW + 10)).containsExactly(living(2, NOW + 20));
        assertThat(table.merge(List.of(), NOW + 10)).isTrue();
        assertThat(table.nextEnd()).isEqualTo(NOW + 20);
    }

    /** Whatever arrives in whatever order, twice or in parts: tables that were told the same are the same. */
    @RepeatedTest(20)
    void merge_inAnyOrder_isTheSame(RepetitionInfo round) {
        Random random = new Random(round.getCurrentRepetition());
        List<ProviderEntry> told = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int number = random.nextInt(60);
            long until = NOW + 1 + random.nextInt(50);
            told.add(random.nextInt(4) == 0 ? ended(number, until) : living(number, until));
        }
        told.forEach(entry -> table.merge(List.of(entry), NOW));
        ProviderTable other = new ProviderTable(() -> {});
        Collections.shuffle(told, random);
        other.merge(told, NOW);
        other.merge(table.all(NOW), NOW);
        assertThat(other.all(NOW)).isEqualTo(table.all(NOW));
    }

    @Test
    void entries_areForgottenEachAtItsEnd() {
        table.merge(List.of(living(1, NOW + 10), ended(2, NOW + 20), living(3, NOW + 30)), NOW);
        assertThat(table.merge(List.of(), NOW + 9)).isFalse();
        assertThat(table.merge(List.of(), NOW + 10)).isTrue();
        table.merge(List.of(living(4, NOW + 15)), NOW + 10);
        assertThat(table.merge(List.of(), NOW + 14)).isFalse();
        assertThat(table.merge(List.of(), NOW + 15)).isTrue();
        assertThat(table.merge(List.of(), NOW + 19)).isFalse();
        assertThat(table.merge(List.of(), NOW + 20)).isTrue();
        assertThat(table.merge(List.of(), NOW + 29)).isFalse();
        assertThat(table.merge(List.of(), NOW + 30)).isTrue();
        assertThat(table.all(NOW)).isEmpty();
    }

    @Test
    void merge_beyondTheBound_keepsTheSameInAnyOrder() {
        List<ProviderEntry> told = new ArrayList<>(IntStream.range(0, ProviderTable.MAX_LIVING + 50)
                .mapToObj(number -> living(number, NOW + 10))
                .toList());
        table.merge(told, NOW);
        ProviderTable other = new ProviderTable(() -> {});
        Collections.shuffle(told, new Random(1));
        other.merge(told, NOW);
        assertThat(table.living(NOW)).hasSize(ProviderTable.MAX_LIVING).isEqualTo(other.living(NOW));
        assertThat(full).hasValue(50);
    }

    @Test
    void merge_endsBeyondTheBound_keepThoseThatGoOnLongest() {
        List<ProviderEntry> ends = IntStream.range(0, ProviderTable.MAX_ENDED + 3)
                .mapToObj(number -> ended(number, NOW + 1 + number))
                .toList();
        table.merge(ends, NOW);
        assertThat(table.all(NOW))
                .hasSize(ProviderTable.MAX_ENDED)
                .doesNotContain(ends.get(0), ends.get(1), ends.get(2));
    }

    @Test
    void entry_ofNobody_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ProviderEntry.ended("x", NOW));
        assertThatIllegalArgumentException().isThrownBy(() -> ProviderEntry.living(name(1), "", null, NOW));
        assertThatIllegalArgumentException().isThrownBy(() -> ProviderEntry.living(name(1), "a".repeat(64), null, NOW));
    }
}
