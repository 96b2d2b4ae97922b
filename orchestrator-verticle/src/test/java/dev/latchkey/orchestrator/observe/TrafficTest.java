// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.Observation.Flow;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TrafficTest {
    private final Traffic traffic = new Traffic();
    private final AtomicInteger changes = new AtomicInteger();
    private final TrafficLog log = new TrafficLog(traffic, changes::incrementAndGet);

    private static Observation sent(String address, String service, long messages) {
        return new Observation(address, Flow.SENT, service, messages);
    }

    private static Passage passage(String address, String service, String toldBy) {
        return new Passage(address, Flow.SENT, service, toldBy);
    }

    @Test
    void note_ownService_isSummed() {
        log.note("shop", List.of(sent("a", "shop", 2)));
        log.note("shop", List.of(sent("a", "shop", 3)));
        assertThat(traffic.messages())
                .containsOnlyKeys(passage("a", "shop", "shop"))
                .containsValue(5L);
        assertThat(changes).hasValue(2);
    }

    @Test
    void note_plainBus_remembersWhoseJvmToldIt() {
        log.note("shop", List.of(sent("a", "", 2)));
        log.note("stock", List.of(sent("a", "", 1)));
        assertThat(traffic.messages())
                .containsEntry(passage("a", "", "shop"), 2L)
                .containsEntry(passage("a", "", "stock"), 1L);
    }

    @Test
    void note_foreignService_isNotBelieved() {
        log.note("shop", List.of(sent("a", "stock", 2)));
        assertThat(traffic.messages()).isEmpty();
        assertThat(changes).hasValue(0);
    }

    @Test
    void note_noMessages_isNothing() {
        log.note("shop", List.of(sent("a", "shop", 0)));
        assertThat(traffic.messages()).isEmpty();
    }

    @Test
    void note_moreThanFits_isCountedAsOneNumber() {
        log.note(
                "shop",
                IntStream.range(0, Traffic.MAX_PASSAGES + 7)
                        .mapToObj(i -> sent("a." + i, "shop", 2))
                        .toList());
        log.note("shop", List.of(sent("a.0", "shop", 5)));
        assertThat(traffic.messages()).hasSize(Traffic.MAX_PASSAGES).containsEntry(passage("a.0", "shop", "shop"), 7L);
        assertThat(traffic.overflow()).isEqualTo(14);
    }

    @Test
    void note_absurdNumbers_neverTurnNegative() {
        log.note("shop", List.of(sent("a", "shop", Long.MAX_VALUE)));
        log.note("shop", List.of(sent("a", "shop", Long.MAX_VALUE)));
        assertThat(traffic.messages()).containsValue(Long.MAX_VALUE);
    }
}
