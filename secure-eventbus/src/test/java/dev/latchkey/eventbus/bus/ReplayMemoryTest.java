// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayMemoryTest {
    private static final long CHUNK = ReplayMemory.CHUNK_BITS;
    private static final long CHUNKS = ReplayMemory.MAX_CHUNKS;
    private static final int PUBLISHES = 1024;

    private final ReplayMemory memory = new ReplayMemory();

    @Test
    void remember_inOrder_isNew() {
        assertThat(LongStream.range(0, 5000).allMatch(this::isNew)).isTrue();
    }

    @Test
    void remember_again_isReplayed() {
        LongStream.range(0, 5000).forEach(this::isNew);
        assertThat(LongStream.range(0, 5000).noneMatch(this::isNew)).isTrue();
        assertThat(send(7)).isEqualTo(DenialReason.REPLAYED);
    }

    @Test
    void remember_shuffled_isNewOnce() {
        List<Long> shuffled = new ArrayList<>(LongStream.range(0, 5000).boxed().toList());
        Collections.shuffle(shuffled, new Random(3));
        assertThat(shuffled).allMatch(this::isNew).noneMatch(this::isNew);
    }

    @Test
    void remember_neighboursOfABit_areIndependent() {
        for (long sequence : new long[] {0, 63, 64, CHUNK - 1, CHUNK, 2 * CHUNK}) {
            assertThat(isNew(sequence)).isTrue();
        }
        for (long sequence : new long[] {1, 62, 65, CHUNK - 2, CHUNK + 1, 2 * CHUNK + 1}) {
            assertThat(isNew(sequence)).as("%d", sequence).isTrue();
        }
    }

    @Test
    void remember_farBehindWithinTheBound_isNew() {
        startChunks(0, CHUNKS);
        assertThat(isNew(1)).isTrue();
        assertThat(isNew(1)).isFalse();
        assertThat(isNew(0)).isFalse();
    }

    @Test
    void remember_behindTheBound_isRefusedThoughUnseen() {
        startChunks(0, CHUNKS + 1);
        assertThat(send(1)).isEqualTo(DenialReason.REPLAYED);
        assertThat(send(0)).isEqualTo(DenialReason.REPLAYED);
        assertThat(isNew(CHUNK + 1)).isTrue();
    }

    @Test
    void remember_manyMoreThanTheBound_neverAdmitsTwice() {
        startChunks(0, 3 * CHUNKS);
        assertThat(LongStream.range(0, 3 * CHUNKS).noneMatch(chunk -> isNew(chunk * CHUNK)))
                .isTrue();
    }

    @Test
    void remember_gapsBehindTheBound_staysRefused() {
        // Even chunks only: when the first is pushed out, the odd one beside it must not come back to life.
        LongStream.range(0, CHUNKS).forEach(chunk -> isNew(2 * chunk * CHUNK));
        assertThat(isNew(2 * CHUNKS * CHUNK)).isTrue();
        assertThat(send(0)).isEqualTo(DenialReason.REPLAYED);
        assertThat(send(CHUNK)).isEqualTo(DenialReason.REPLAYED);
        assertThat(isNew(2 * CHUNK + 1)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -CHUNK, -CHUNK - 1, Long.MIN_VALUE})
    void remember_negative_isRefused(long sequence) {
        assertThat(send(sequence)).isEqualTo(DenialReason.REPLAYED);
        assertThat(send(sequence)).isEqualTo(DenialReason.REPLAYED);
        assertThat(isNew(0)).isTrue();
    }

    @Test
    void remember_largest_isNewOnce() {
        assertThat(isNew(Long.MAX_VALUE)).isTrue();
        assertThat(isNew(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void remember_copyOfAPublish_isAccepted() {
        Object arrival = new Object();
        assertThat(publish(5, arrival)).isNull();
        assertThat(publish(5, arrival)).isNull();
        assertThat(publish(5, arrival)).isNull();
    }

    @Test
    void remember_publishArrivingAgain_isReplayed() {
        Object first = new Object();
        assertThat(publish(5, first)).isNull();
        assertThat(publish(5, new Object())).isEqualTo(DenialReason.REPLAYED);
        assertThat(publish(5, first)).isNull();
    }

    @Test
    void remember_arrivalOfAnotherPublish_isReplayed() {
        Object one = new Object();
        Object two = new Object();
        assertThat(publish(1, one)).isNull();
        assertThat(publish(2, two)).isNull();
        assertThat(publish(1, two)).isEqualTo(DenialReason.REPLAYED);
    }

    @Test
    void remember_sendFromOneArrivalTwice_isReplayed() {
        Object arrival = new Object();
        assertThat(memory.remember(5, true, arrival)).isNull();
        assertThat(memory.remember(5, true, arrival)).isEqualTo(DenialReason.REPLAYED);
        assertThat(publish(5, arrival)).isEqualTo(DenialReason.REPLAYED);
    }

    @Test
    void remember_publishThenSendFromTheSameArrival_isReplayed() {
        Object arrival = new Object();
        assertThat(publish(5, arrival)).isNull();
        assertThat(memory.remember(5, true, arrival)).isEqualTo(DenialReason.REPLAYED);
    }

    @Test
    void remember_arrivalWasCollected_isReplayed() {
        WeakReference<Object> first = publishAndForget(5);
        await().atMost(Duration.ofSeconds(10)).until(() -> isCollected(first));
        assertThat(publish(5, new Object())).isEqualTo(DenialReason.REPLAYED);
    }

    @Test
    void remember_copyAfterAsManyPublishesAsAreKept_isReplayed() {
        Object arrival = new Object();
        assertThat(publish(0, arrival)).isNull();
        LongStream.range(1, PUBLISHES).forEach(sequence -> publish(sequence, arrival));
        assertThat(publish(0, arrival)).isNull();
        assertThat(publish(PUBLISHES, arrival)).isNull();
        assertThat(publish(0, arrival)).isEqualTo(DenialReason.REPLAYED);
    }

    @Test
    void remember_fromEightThreads_admitsEachOnce() throws Exception {
        AtomicIntegerArray admitted = new AtomicIntegerArray(400_000);
        CountDownLatch start = new CountDownLatch(8);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            waitFor(LongStream.range(0, 8)
                    .<Future<?>>mapToObj(thread -> threads.submit(() -> admitAll(admitted, start)))
                    .toList());
        } finally {
            threads.shutdownNow();
        }
        assertThat(IntStream.range(0, admitted.length()).filter(i -> admitted.get(i) != 1))
                .isEmpty();
    }

    private static void waitFor(List<Future<?>> tasks) throws ExecutionException, InterruptedException {
        for (Future<?> task : tasks) {
            task.get();
        }
    }

    /** All threads in the same order, side by side: so they meet at the same words of the same chunks. */
    private void admitAll(AtomicIntegerArray admitted, CountDownLatch start) {
        start.countDown();
        while (start.getCount() > 0) {
            Thread.onSpinWait();
        }
        for (int sequence = 0; sequence < admitted.length(); sequence++) {
            if (isNew(sequence)) {
                admitted.incrementAndGet(sequence);
            }
        }
    }

    private void startChunks(long from, long to) {
        LongStream.range(from, to).forEach(chunk -> isNew(chunk * CHUNK));
    }

    private WeakReference<Object> publishAndForget(long sequence) {
        Object arrival = new Object();
        assertThat(publish(sequence, arrival)).isNull();
        return new WeakReference<>(arrival);
    }

    private static boolean isCollected(WeakReference<Object> reference) {
        System.gc();
        return reference.refersTo(null);
    }

    private boolean isNew(long sequence) {
        return send(sequence) == null;
    }

    private @Nullable DenialReason send(long sequence) {
        return memory.remember(sequence, true, new Object());
    }

    private @Nullable DenialReason publish(long sequence, Object arrival) {
        return memory.remember(sequence, false, arrival);
    }
}
