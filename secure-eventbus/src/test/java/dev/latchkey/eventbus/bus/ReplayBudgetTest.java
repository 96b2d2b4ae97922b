// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.DenialReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One service cannot take the memory of all, and whoever gets none of it still refuses every replay. */
class ReplayBudgetTest {
    private static final long CHUNK = ReplayMemory.CHUNK_BITS;

    private final Bounds bounds = new Bounds();
    private final ReplayBudget budget = new ReplayBudget(3, bounds);

    private static @Nullable DenialReason send(ReplayMemory memory, long sequence) {
        return memory.remember(sequence, true, memory);
    }

    /** Numbers its messages so far apart that each takes a chunk. */
    private ReplayMemory greedy(int messages) {
        ReplayMemory memory = new ReplayMemory(budget);
        for (int i = 0; i < messages; i++) {
            assertThat(send(memory, i * CHUNK)).isNull();
        }
        return memory;
    }

    @Test
    void greedyToken_takesThePool_andForgetsItsOwnOldest() {
        ReplayMemory memory = greedy(100);
        assertThat(budget.taken()).isEqualTo(3);
        assertThat(budget.chunks()).isEqualTo(ReplayMemory.OWN_CHUNKS + 3);
        assertThat(bounds.of(Bound.REPLAY_MEMORY)).isEqualTo(95);
        for (int i = 0; i < 100; i++) {
            assertThat(send(memory, i * CHUNK)).as("%d", i).isEqualTo(DenialReason.REPLAYED);
        }
    }

    @Test
    void otherTokens_haveTheirOwn_whenThePoolIsEmpty() {
        greedy(100);
        ReplayMemory honest = new ReplayMemory(budget);
        for (long sequence = 0; sequence < 5 * CHUNK; sequence++) {
            assertThat(send(honest, sequence)).isNull();
        }
        assertThat(send(honest, 5 * CHUNK - 1)).isEqualTo(DenialReason.REPLAYED);
        assertThat(send(honest, 0)).isEqualTo(DenialReason.REPLAYED);
        assertThat(budget.taken()).isEqualTo(3);
    }

    @Test
    void whatWasForgotten_staysRefused_whenThereIsRoomAgain() {
        ReplayMemory greedy = greedy(100);
        ReplayMemory honest = new ReplayMemory(budget);
        sendAll(honest, 0, CHUNK, 2 * CHUNK);
        greedy.close();
        assertThat(send(honest, 0)).isEqualTo(DenialReason.REPLAYED);
        assertThat(send(honest, 1)).isEqualTo(DenialReason.REPLAYED);
        assertThat(budget.taken()).isZero();
    }

    /** As of a consumer that was paused: nothing of its messages was ever seen, so nothing of them was forgotten. */
    @Test
    void whatWasNeverSeen_isNew_whenThereIsRoomAgain_thoughOthersWereForgotten() {
        ReplayMemory greedy = greedy(100);
        ReplayMemory honest = new ReplayMemory(budget);
        sendAll(honest, 0, 2 * CHUNK, 4 * CHUNK);
        assertThat(send(honest, CHUNK)).isEqualTo(DenialReason.REPLAYED);
        greedy.close();
        assertThat(send(honest, CHUNK)).isNull();
        assertThat(send(honest, CHUNK)).isEqualTo(DenialReason.REPLAYED);
        assertThat(send(honest, 0)).isEqualTo(DenialReason.REPLAYED);
    }

    private static void sendAll(ReplayMemory memory, long... sequences) {
        for (long sequence : sequences) {
            assertThat(send(memory, sequence)).isNull();
        }
    }

    @Test
    void close_givesBack_andRefusesAfterwards() {
        ReplayMemory memory = greedy(100);
        memory.close();
        assertThat(budget.taken()).isZero();
        assertThat(budget.chunks()).isZero();
        assertThat(send(memory, 1_000_000)).isEqualTo(DenialReason.EXPIRED);
        memory.close();
        assertThat(budget.taken()).isZero();
        assertThat(budget.chunks()).isZero();
    }

    @Test
    void publishes_areRememberedWithinTheBudget() {
        ReplayMemory memory = new ReplayMemory(budget);
        List<Object> arrivals = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            arrivals.add(new Object());
            assertThat(memory.remember(i, false, arrivals.get(i))).isNull();
        }
        int kept = ReplayMemory.OWN_PUBLISHES + 3;
        assertThat(memory.remember(99, false, arrivals.get(99))).isNull();
        assertThat(memory.remember(100 - kept, false, arrivals.get(100 - kept))).isNull();
        assertThat(memory.remember(99 - kept, false, arrivals.get(99 - kept))).isEqualTo(DenialReason.REPLAYED);
    }
}
