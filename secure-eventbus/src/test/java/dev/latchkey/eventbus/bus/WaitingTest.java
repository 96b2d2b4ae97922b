// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.count.Timing;
import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final TokenId TOKEN = new TokenId(1, 2);
    private static final TokenId OTHER = new TokenId(1, 3);

    private final Vertx vertx = Vertx.vertx();
    private final Timing searches = new Timing();
    private final Waiting waiting = new Waiting(new Backlog(), searches);
    private final Promise<Void> search = Promise.promise();
    private Context context;

    @BeforeEach
    void start() {
        context = vertx.getOrCreateContext();
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private <T> T onContext(Callable<T> action) throws Exception {
        Promise<T> result = Promise.promise();
        context.runOnContext(now -> {
            try {
                result.complete(action.call());
            } catch (Exception e) {
                result.fail(e);
            }
        });
        return await(result.future());
    }

    private boolean hold(TokenId token, int size, Runnable resume) throws Exception {
        return onContext(() -> waiting.hold(token, size, resume, search::future));
    }

    /** Completes the search and waits until what it released has run on the context. */
    private void found() throws Exception {
        search.complete();
        onContext(() -> null);
        onContext(() -> null);
    }

    @Test
    void messages_thatWait_goOnInOrderOnceTheSearchEnds() throws Exception {
        List<Integer> resumed = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            assertThat(hold(TOKEN, 1, () -> resumed.add(number))).isTrue();
        }
        assertThat(resumed).isEmpty();
        assertThat(waiting.size()).isEqualTo(100);
        found();
        assertThat(resumed).hasSize(100).isSorted();
        assertThat(waiting.size()).isZero();
    }

    @Test
    void anotherTokenOfTheSameInstance_isNotHeldUp() throws Exception {
        hold(TOKEN, 1, () -> {});
        assertThat(onContext(() -> waiting.isHolding(TOKEN))).isTrue();
        assertThat(onContext(() -> waiting.isHolding(OTHER))).isFalse();
    }

    @Test
    void search_thatFails_releasesToo() throws Exception {
        List<String> resumed = new ArrayList<>();
        hold(TOKEN, 1, () -> resumed.add("x"));
        search.fail("nobody knows");
        onContext(() -> null);
        onContext(() -> null);
        assertThat(resumed).containsExactly("x");
        assertThat(onContext(() -> waiting.isHolding(TOKEN))).isFalse();
    }

    @Test
    void search_thatThrows_releasesToo() throws Exception {
        List<String> resumed = new ArrayList<>();
        onContext(() -> waiting.hold(TOKEN, 1, () -> resumed.add("x"), () -> {
            throw new IllegalStateException("cannot even ask");
        }));
        onContext(() -> null);
        assertThat(resumed).containsExactly("x");
    }

    @Test
    void messages_beyondTheBound_areNotHeld() throws Exception {
        for (int i = 0; i < Backlog.MAX_MESSAGES; i++) {
            hold(TOKEN, 1, () -> {});
        }
        assertThat(hold(TOKEN, 1, () -> {})).isFalse();
        found();
        assertThat(waiting.size()).isZero();
    }

    @Test
    void bytes_beyondTheBound_areNotHeld_andAreGivenBack() throws Exception {
        int half = (int) (Backlog.MAX_BYTES / 2);
        assertThat(hold(TOKEN, half, () -> {})).isTrue();
        assertThat(hold(TOKEN, half, () -> {})).isTrue();
        assertThat(hold(TOKEN, 1, () -> {})).isFalse();
        found();
        assertThat(hold(OTHER, half, () -> {})).isTrue();
    }

    @Test
    void queues_beyondTheBound_areNotBegun() throws Exception {
        for (int i = 0; i < Waiting.MAX_QUEUES; i++) {
            assertThat(hold(new TokenId(9, i), 1, () -> {})).isTrue();
        }
        assertThat(hold(TOKEN, 1, () -> {})).isFalse();
    }

    @Test
    void message_offAnyContext_isNotHeld() {
        assertThat(waiting.hold(TOKEN, 1, () -> {}, search::future)).isFalse();
        assertThat(waiting.isHolding(TOKEN)).isFalse();
    }
}
