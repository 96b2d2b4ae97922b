// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.bus.Waiting.Waiter;
import dev.latchkey.eventbus.count.Timing;
import dev.latchkey.eventbus.token.GrantMaker;
import dev.latchkey.eventbus.token.TokenGrant;
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
    private static final TokenGrant GRANT = new GrantMaker().id(TOKEN).make();

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

    private boolean hold(TokenId token, int size, Runnable decide) throws Exception {
        return onContext(() -> waiting.hold(Waiting.of(token), waiter(token, size, decide), search::future));
    }

    private static Waiter waiter(TokenId token, int size, Runnable decide) {
        return new Waiter(token, size, decide, () -> {
            throw new AssertionError("what waited for its own token is decided");
        });
    }

    private boolean isHeldUp(TokenId token) throws Exception {
        return onContext(() -> waiting.ahead(token, GRANT.operation(), true) != null);
    }

    private boolean holdForKey(Waiter waiter) throws Exception {
        return onContext(() -> waiting.hold(Waiting.of(GRANT), waiter, search::future));
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
        assertThat(isHeldUp(TOKEN)).isTrue();
        assertThat(isHeldUp(OTHER)).isFalse();
    }

    @Test
    void anotherTokenOfACallerThatWaitsForAKey_isHeldUp() throws Exception {
        holdForKey(waiter(TOKEN, 1, () -> {}));
        assertThat(isHeldUp(TOKEN)).isTrue();
        assertThat(isHeldUp(OTHER)).isTrue();
        assertThat(isHeldUp(new TokenId(2, 2))).isFalse();
        assertThat(onContext(() -> waiting.ahead(TOKEN, "another_operation", true)))
                .isNull();
    }

    @Test
    void onlyWhatExpectsNoAnswer_isHeldUpByThoseThatAreOverdue() throws Exception {
        onContext(() -> waiting.hold(Waiting.overdue(GRANT), waiter(TOKEN, 1, () -> {}), search::future));
        assertThat(isHeldUp(OTHER)).isFalse();
        assertThat(onContext(() -> waiting.ahead(OTHER, GRANT.operation(), false)))
                .isNotNull();
        assertThat(onContext(() -> waiting.ahead(new TokenId(2, 2), GRANT.operation(), false)))
                .isNull();
    }

    @Test
    void messages_behindThoseThatWaitForAKey_areHandledAnew_inOrder() throws Exception {
        List<String> resumed = new ArrayList<>();
        holdForKey(waiter(TOKEN, 1, () -> resumed.add("first")));
        holdForKey(new Waiter(OTHER, 1, () -> resumed.add("decided"), () -> resumed.add("handled")));
        holdForKey(waiter(TOKEN, 1, () -> resumed.add("last")));
        found();
        assertThat(resumed).containsExactly("first", "handled", "last");
        assertThat(waiting.size()).isZero();
        assertThat(isHeldUp(OTHER)).isFalse();
    }

    @Test
    void search_thatFails_releasesToo() throws Exception {
        List<String> resumed = new ArrayList<>();
        hold(TOKEN, 1, () -> resumed.add("x"));
        search.fail("nobody knows");
        onContext(() -> null);
        onContext(() -> null);
        assertThat(resumed).containsExactly("x");
        assertThat(isHeldUp(TOKEN)).isFalse();
    }

    @Test
    void search_thatThrows_releasesToo() throws Exception {
        List<String> resumed = new ArrayList<>();
        onContext(() -> waiting.hold(Waiting.of(TOKEN), waiter(TOKEN, 1, () -> resumed.add("x")), () -> {
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
        assertThat(waiting.hold(Waiting.of(TOKEN), waiter(TOKEN, 1, () -> {}), search::future))
                .isFalse();
        assertThat(waiting.ahead(TOKEN, GRANT.operation(), true)).isNull();
    }
}
