// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.Provider;
import dev.latchkey.eventbus.ProviderChange;
import dev.latchkey.eventbus.ProviderChange.Kind;
import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a directory, made by comparing it with what was told before. So what a reader that is paused has not been told takes no
 * memory, and one who joins and leaves meanwhile is none of its concern. All of it runs on one context.
 */
final class ProviderStream implements ReadStream<ProviderChange> {
    private final ContextInternal context;
    private final Directories directories;
    private final Member member;
    private final String operation;
    private final Collection<ProviderStream> open;
    private final Runnable listener = this::wake;
    private final AtomicBoolean awake = new AtomicBoolean();
    private final Deque<ProviderChange> next = new ArrayDeque<>();
    private final Map<String, Provider> told = new HashMap<>();
    private @Nullable Handler<ProviderChange> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;
    private @Nullable FollowedDirectory directory;
    private long demand = Long.MAX_VALUE;
    private boolean ended;

    /** @param open the streams that listen, which this one is among while it does */
    ProviderStream(
            ContextInternal context,
            Directories directories,
            Member member,
            String operation,
            Collection<ProviderStream> open) {
        this.context = context;
        this.open = open;
        this.directories = directories;
        this.member = member;
        this.operation = operation;
    }

    @Override
    public ReadStream<ProviderChange> handler(@Nullable Handler<ProviderChange> changes) {
        onContext(() -> {
            handler = changes;
            if (changes == null) {
                unlisten();
            } else {
                begin();
            }
        });
        return this;
    }

    /** At once for who is there already, so that a pause holds for the next change. */
    private void onContext(Runnable action) {
        context.execute(action);
    }

    private void begin() {
        DenialReason denial = Directories.denial(member, operation);
        if (ended || directory != null) {
            return;
        }
        if (denial != null) {
            tell(exceptionHandler, new DeniedException(denial));
            finish();
            return;
        }
        FollowedDirectory followed = directories.follow(operation);
        directory = followed;
        open.add(this);
        followed.listen(listener);
    }

    private void unlisten() {
        FollowedDirectory followed = directory;
        if (followed != null) {
            followed.unlisten(listener);
        }
        directory = null;
        open.remove(this);
    }

    /** Changes that come before it has looked are one look. */
    private void wake() {
        if (awake.compareAndSet(false, true)) {
            context.runOnContext(now -> {
                awake.set(false);
                deliver();
            });
        }
    }

    private void deliver() {
        FollowedDirectory followed = directory;
        Handler<ProviderChange> changes = handler;
        if (followed == null || changes == null || ended) {
            return;
        }
        if (next.isEmpty() && demand > 0) {
            compare(followed);
        }
        while (demand > 0 && !next.isEmpty() && handler == changes) {
            demand = demand == Long.MAX_VALUE ? demand : demand - 1;
            deliver(changes, next.remove());
        }
    }

    private void deliver(Handler<ProviderChange> changes, ProviderChange change) {
        if (change.kind() == Kind.JOINED) {
            told.put(change.provider().instance(), change.provider());
        } else {
            told.remove(change.provider().instance());
        }
        context.dispatch(change, changes);
    }

    private void compare(FollowedDirectory followed) {
        Map<String, Provider> now = followed.snapshot().stream()
                .collect(Collectors.toUnmodifiableMap(Provider::instance, Function.identity()));
        told.values().stream()
                .filter(provider -> !now.containsKey(provider.instance()))
                .forEach(provider -> next.add(new ProviderChange(Kind.LEFT, provider)));
        now.values().stream()
                .filter(provider -> !told.containsKey(provider.instance()))
                .forEach(provider -> next.add(new ProviderChange(Kind.JOINED, provider)));
    }

    @Override
    public ReadStream<ProviderChange> pause() {
        onContext(() -> demand = 0);
        return this;
    }

    @Override
    public ReadStream<ProviderChange> resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public ReadStream<ProviderChange> fetch(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("fetch: " + amount + " is below 0; give a number of changes");
        }
        onContext(() -> {
            demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
            // What was found before the pause may be old by now.
            next.clear();
            deliver();
        });
        return this;
    }

    @Override
    public ReadStream<ProviderChange> endHandler(@Nullable Handler<Void> handler) {
        onContext(() -> endHandler = handler);
        return this;
    }

    @Override
    public ReadStream<ProviderChange> exceptionHandler(@Nullable Handler<Throwable> handler) {
        onContext(() -> exceptionHandler = handler);
        return this;
    }

    /** No more changes. */
    void end() {
        onContext(this::finish);
    }

    private void finish() {
        unlisten();
        if (!ended) {
            ended = true;
            tell(endHandler, null);
        }
    }

    private <T> void tell(@Nullable Handler<T> told, @Nullable T event) {
        if (told != null) {
            context.dispatch(event, told);
        }
    }
}
