// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is written in one go leaves in one go; nothing stays behind, and nothing waits for long. */
class FlushCoalescingTest {
    private final AtomicLong now = new AtomicLong();
    private final Flushes flushes = new Flushes();
    private final FlushCoalescing coalescing = new FlushCoalescing(now::get);
    private final EmbeddedChannel channel = new EmbeddedChannel(flushes, coalescing);

    /** The socket. Not the channel's own, which lets the loop end its turn with each call. */
    private static final class Flushes extends ChannelOutboundHandlerAdapter {
        private final List<Object> written = new ArrayList<>();
        private final List<Object> sent = new ArrayList<>();
        private List<Object> sentBeforeTheEnd = List.of();
        private int count;

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            written.add(message);
            promise.setSuccess();
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            count++;
            sent.addAll(written);
            written.clear();
        }

        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {
            sentBeforeTheEnd = List.copyOf(sent);
            context.close(promise);
        }
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void send(Object message) {
        channel.pipeline().write(message);
        channel.pipeline().flush();
    }

    private void turnEnds() {
        channel.runPendingTasks();
    }

    @Test
    void messages_ofOneTurn_leaveAtOnceWhenItEnds_inOrder() {
        for (int i = 0; i < 10; i++) {
            send(i);
        }
        assertThat(flushes.count).isZero();
        turnEnds();
        assertThat(flushes.count).isOne();
        assertThat(flushes.sent).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void turns_eachFlushTheirOwn() {
        send("a");
        turnEnds();
        send("b");
        turnEnds();
        turnEnds();
        assertThat(flushes.count).isEqualTo(2);
        assertThat(flushes.sent).containsExactly("a", "b");
    }

    @Test
    void messages_tooManyOfOneTurn_leaveInBetween() {
        for (int i = 0; i < FlushCoalescing.MOST + 1; i++) {
            send(i);
        }
        assertThat(flushes.count).isOne();
        assertThat(flushes.sent).hasSize(FlushCoalescing.MOST);
        turnEnds();
        assertThat(flushes.sent).hasSize(FlushCoalescing.MOST + 1);
    }

    @Test
    void turn_thatHasFlushedAll_doesNotFlushAgain() {
        for (int i = 0; i < FlushCoalescing.MOST; i++) {
            send(i);
        }
        turnEnds();
        assertThat(flushes.count).isOne();
    }

    @Test
    void message_whoseTurnTakesLong_leavesWithTheNext() {
        send("a");
        now.addAndGet(TimeUnit.MICROSECONDS.toNanos(FlushCoalescing.MICROS) - 1);
        send("b");
        assertThat(flushes.count).isZero();
        now.incrementAndGet();
        send("c");
        assertThat(flushes.sent).containsExactly("a", "b", "c");
        // Time counts from the first that waits.
        send("d");
        assertThat(flushes.sent).hasSize(3);
    }

    @Test
    void close_leavesNothingBehind() {
        send("last");
        channel.pipeline().close();
        assertThat(flushes.sentBeforeTheEnd).containsExactly("last");
    }

    @Test
    void disconnect_leavesNothingBehind() {
        send("last");
        channel.pipeline().disconnect();
        assertThat(flushes.sentBeforeTheEnd).containsExactly("last");
    }

    @Test
    void removal_leavesNothingBehind() {
        send("last");
        channel.pipeline().remove(coalescing);
        assertThat(flushes.sent).containsExactly("last");
    }

    @Test
    void channel_thatIsFull_isFlushedAtOnce() {
        send("a");
        coalescing.channelWritabilityChanged(channel.pipeline().context(coalescing));
        assertThat(flushes.sent).isEmpty();
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        coalescing.channelWritabilityChanged(channel.pipeline().context(coalescing));
        assertThat(flushes.sent).containsExactly("a");
    }
}
