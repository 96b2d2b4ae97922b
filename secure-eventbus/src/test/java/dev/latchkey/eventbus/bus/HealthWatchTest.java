// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Health;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An application is told of each change once, on its own context. */
class HealthWatchTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final Context context = VERTX.getOrCreateContext();
    private final HealthWatch watch = new HealthWatch(VERTX);
    private final List<Health> told = new CopyOnWriteArrayList<>();

    @AfterAll
    static void close() {
        VERTX.close().await();
    }

    private void onContext(Runnable action) throws Exception {
        Promise<Void> done = Promise.promise();
        context.runOnContext(now -> {
            action.run();
            done.complete();
        });
        done(done.future());
    }

    private static void done(Future<Void> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void listen() throws Exception {
        onContext(() -> watch.handler(told::add));
    }

    /** All that the context had to do before. */
    private List<Health> told() throws Exception {
        onContext(() -> {});
        return told;
    }

    @Test
    void note_changes_areToldInOrder() throws Exception {
        listen();
        watch.note(Health.DEGRADED);
        watch.note(Health.EXPIRED);
        watch.note(Health.HEALTHY);
        assertThat(told()).containsExactly(Health.DEGRADED, Health.EXPIRED, Health.HEALTHY);
    }

    @Test
    void note_noChange_isNotTold() throws Exception {
        listen();
        watch.note(Health.HEALTHY);
        watch.note(Health.DEGRADED);
        watch.note(Health.DEGRADED);
        assertThat(told()).containsExactly(Health.DEGRADED);
    }

    @Test
    void note_isToldOnTheContextThatListens() throws Exception {
        List<Context> contexts = new CopyOnWriteArrayList<>();
        onContext(() -> watch.handler(health -> contexts.add(Vertx.currentContext())));
        watch.note(Health.DEGRADED);
        onContext(() -> {});
        assertThat(contexts).containsExactly(context);
    }

    @Test
    void note_nobodyListens_isNotToldLater() throws Exception {
        watch.note(Health.DEGRADED);
        listen();
        watch.note(Health.DEGRADED);
        assertThat(told()).isEmpty();
    }

    @Test
    void note_handlerTakenOff_isNotTold() throws Exception {
        listen();
        onContext(() -> watch.handler(null));
        watch.note(Health.DEGRADED);
        assertThat(told()).isEmpty();
    }
}
