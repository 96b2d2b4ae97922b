// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.observe;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an orchestrator's traffic in a file: reads it once, then writes it at most every second, and only if it changed.
 * Without a file, traffic lives as long as the orchestrator.
 *
 * <p>To be opened and closed on one context; never blocks it.
 */
public final class TrafficKeeper {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.orchestrator");
    private static final long WRITE_MILLIS = 1_000;

    private final Vertx vertx;
    private final @Nullable TrafficFile file;
    private final Traffic traffic = new Traffic();
    private final AtomicBoolean changed = new AtomicBoolean();
    private final TrafficLog log = new TrafficLog(traffic, () -> changed.set(true));
    private Future<Void> writing = Future.succeededFuture();
    private boolean failing;
    private long timer = -1;

    private TrafficKeeper(Vertx vertx, @Nullable TrafficFile file) {
        this.vertx = vertx;
        this.file = file;
    }

    /**
     * Goes on with what a file holds, or begins one.
     *
     * @param path the file, or null for none
     * @return fails with an {@link IllegalArgumentException} that names the file, if it can be neither read nor made
     */
    public static Future<TrafficKeeper> open(Vertx vertx, @Nullable Path path) {
        if (path == null) {
            return Future.succeededFuture(new TrafficKeeper(vertx, null));
        }
        TrafficKeeper keeper = new TrafficKeeper(vertx, new TrafficFile(path));
        return vertx.executeBlocking(() -> load(path, keeper.traffic)).map(loaded -> {
            keeper.timer = vertx.setPeriodic(WRITE_MILLIS, id -> keeper.tick());
            return keeper;
        });
    }

    private static Void load(Path path, Traffic traffic) {
        try {
            new TrafficFile(path).readInto(traffic);
        } catch (NoSuchFileException e) {
            requireFolder(path);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "observations: " + path + " cannot be read (" + e
                            + "); let the orchestrator's user read and write it",
                    e);
        }
        return null;
    }

    private static void requireFolder(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "observations: the folder of " + path + " does not exist; create it or correct the path");
        }
    }

    /** What takes observations. */
    public TrafficLog log() {
        return log;
    }

    /** All that was counted. Callable from any thread. */
    public Traffic traffic() {
        return traffic;
    }

    private void tick() {
        if (writing.isComplete()) {
            writing = write();
        }
    }

    /** Never fails: that a count is not written must not concern anybody who registers. */
    private Future<Void> write() {
        TrafficFile target = file;
        if (target == null || !changed.getAndSet(false)) {
            return Future.succeededFuture();
        }
        return vertx.<Void>executeBlocking(() -> {
                    target.write(traffic);
                    return null;
                })
                .onSuccess(done -> failing = false)
                .recover(failure -> noteFailure(target, failure));
    }

    /** One line for each series of failures. */
    private Future<Void> noteFailure(TrafficFile target, Throwable failure) {
        changed.set(true);
        if (!failing) {
            LOG.warn("observations cannot be written to " + target + ", trying again every second", failure);
        }
        failing = true;
        return Future.succeededFuture();
    }

    /** Writes what is not written yet, and nothing more afterwards. */
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        writing = writing.compose(done -> write());
        return writing;
    }
}
