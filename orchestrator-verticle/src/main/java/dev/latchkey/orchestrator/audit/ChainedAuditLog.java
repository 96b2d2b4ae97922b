// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.orchestrator.notice.Noticed;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A log in files, each line of which is chained to the one before it; signed now and then.
 *
 * <p>A thread of its own writes. What comes while it waits for the disk is written with the next force, so the number of records a
 * second does not depend on how slow a force is; how long one of them waits does. Those who wait are told on the context that opened
 * the log. While the log cannot be written, every second tries again, and the first record then tells how many were lost.
 */
public final class ChainedAuditLog implements AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.orchestrator");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Records that wait; more are refused. */
    static final int MAX_WAITING = 10_000;

    private static final int MAX_BATCH = 1_000;
    private static final long RETRY_MILLIS = 1_000;

    private final Vertx vertx;
    private final Context context;
    private final WorkerExecutor worker;
    private final LogWriter writer;
    private final Clock clock;
    private final boolean stopOnFailure;
    private final Noticed noticed;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean checkpointDue = new AtomicBoolean();
    private final LongAdder lost = new LongAdder();
    private final AtomicLong lostUntold = new AtomicLong();
    private final List<Long> timers = new ArrayList<>();
    private volatile boolean failing;
    private volatile boolean closed;

    private record Waiting(LogWriter.Entry entry, Promise<Void> written) {}

    private ChainedAuditLog(Vertx vertx, LogWriter writer, AuditOptions options, Clock clock, Noticed noticed) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.worker = vertx.createSharedWorkerExecutor("latchkey-audit-" + NUMBER.incrementAndGet(), 1);
        this.writer = writer;
        this.clock = clock;
        this.stopOnFailure = options.onFailure() == AuditFailurePolicy.STOP;
        this.noticed = noticed;
    }

    /**
     * Goes on with the log in a folder, or begins one.
     *
     * @param key signs the checkpoints; to be closed after the log
     * @return fails when the log cannot be written and the orchestrator is not to go on without; the text names folder, problem and fix
     */
    public static Future<AuditLog> open(
            Vertx vertx, AuditOptions options, SigningKey key, String trustDomain, Clock clock, Noticed noticed) {
        return open(vertx, options, AuditFiles.DISK, key, trustDomain, clock, noticed);
    }

    static Future<AuditLog> open(
            Vertx vertx,
            AuditOptions options,
            AuditFiles files,
            SigningKey key,
            String trustDomain,
            Clock clock,
            Noticed noticed) {
        LogWriter writer = new LogWriter(options, files, key, trustDomain, clock);
        ChainedAuditLog log = new ChainedAuditLog(vertx, writer, options, clock, noticed);
        return log.worker
                .executeBlocking(log::begin, true)
                .recover(failure -> log.couldNotBegin(options, failure))
                .map(begun -> log.start(options));
    }

    private Void begin() throws IOException {
        writer.open();
        return null;
    }

    private Future<Void> couldNotBegin(AuditOptions options, Throwable failure) {
        writer.abandon();
        if (stopOnFailure) {
            return worker.executeBlocking(this::end, true)
                    .transform(ended -> worker.close())
                    .transform(gone -> Future.failedFuture(new IllegalArgumentException(
                            "audit: no log can be kept in " + options.folder() + " (" + failure
                                    + "); correct the folder, or write 'onFailure: continue'",
                            failure)));
        }
        noteFailure(failure);
        return Future.succeededFuture();
    }

    private AuditLog start(AuditOptions options) {
        timers.add(vertx.setPeriodic(options.checkpointEvery().toMillis(), id -> checkpoint()));
        timers.add(vertx.setPeriodic(RETRY_MILLIS, id -> retry()));
        return this;
    }

    private void checkpoint() {
        checkpointDue.set(true);
        write();
    }

    private void retry() {
        if (failing) {
            write();
        }
    }

    @Override
    public Future<Void> record(AuditEvent event, JsonObject details) {
        if (closed || failing) {
            return lose();
        }
        if (length.incrementAndGet() > MAX_WAITING) {
            length.decrementAndGet();
            noticed.hit(Bound.AUDIT_RECORDS);
            return lose();
        }
        Promise<Void> written = Promise.promise();
        waiting.add(new Waiting(new LogWriter.Entry(event, details, clock.instant()), written));
        write();
        return written.future();
    }

    private Future<Void> lose() {
        lost.increment();
        lostUntold.incrementAndGet();
        return stopOnFailure
                ? Future.failedFuture(new AuditUnavailableException("the audit log cannot be written"))
                : Future.succeededFuture();
    }

    @Override
    public boolean mayIssue() {
        return !(failing && stopOnFailure);
    }

    @Override
    public long lost() {
        return lost.sum();
    }

    /** Has the worker write what waits, unless it does so already. */
    private void write() {
        if (!closed && busy.compareAndSet(false, true)) {
            worker.executeBlocking(this::writeBatch, true).onComplete(done -> {
                busy.set(false);
                if (!waiting.isEmpty()) {
                    write();
                }
            });
        }
    }

    private Void writeBatch() {
        List<Waiting> batch = next();
        try {
            reopen();
            writer.append(batch.stream().map(Waiting::entry).toList());
            if (checkpointDue.getAndSet(false)) {
                writer.checkpoint();
            }
            tell(() -> batch.forEach(one -> one.written.complete()));
        } catch (IOException | RuntimeException e) {
            // A key that is somewhere else may be out of reach when a checkpoint is due; who waits must be told of that
            // too.
            writer.abandon();
            noteFailure(e);
            tell(() -> batch.forEach(this::loseLate));
        }
        return null;
    }

    private List<Waiting> next() {
        List<Waiting> batch = new ArrayList<>();
        while (batch.size() < MAX_BATCH) {
            Waiting one = waiting.poll();
            if (one == null) {
                break;
            }
            length.decrementAndGet();
            batch.add(one);
        }
        return batch;
    }

    private void loseLate(Waiting one) {
        lose().onComplete(one.written);
    }

    private void tell(Runnable news) {
        context.runOnContext(now -> news.run());
    }

    private void reopen() throws IOException {
        if (failing) {
            writer.open();
            tellLost();
            failing = false;
            LOG.info("the audit log is written again");
        }
    }

    private void tellLost() throws IOException {
        long untold = lostUntold.get();
        JsonObject details = new JsonObject().put("count", untold);
        writer.append(List.of(new LogWriter.Entry(AuditEvent.RECORDS_LOST, details, clock.instant())));
        lostUntold.addAndGet(-untold);
    }

    /** An alarm for each series of failures. */
    private void noteFailure(Throwable failure) {
        if (!failing) {
            failing = true;
            noticed.raise(Alarm.AUDIT_FAILED, String.valueOf(failure.getMessage()));
            LOG.error(
                    "the audit log cannot be written, trying again every second; "
                            + (stopOnFailure
                                    ? "nothing is issued or extended until it can"
                                    : "records are lost until it can"),
                    failure);
        }
    }

    /** What waits already is written; what comes later is lost. */
    @Override
    public Future<Void> close() {
        timers.forEach(vertx::cancelTimer);
        closed = true;
        return worker.executeBlocking(this::end, true)
                .otherwiseEmpty()
                .compose(ended -> worker.close())
                .otherwiseEmpty();
    }

    private Void end() throws IOException {
        while (!waiting.isEmpty()) {
            writeBatch();
        }
        writer.close();
        return null;
    }
}
