// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.Envelope;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.impl.CodecManager;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way out: the body that Vert.x gets to see in place of the true one.
 *
 * <p>The facade fills it, the outbound interceptor allows or denies it, the codec seals it. Vert.x may encode one message
 * several times, on several threads (a publish, once per node); it is sealed once. Thread-safe.
 */
abstract class Carrier implements Readable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.refusals");

    private static final long UNSEALED = -1;

    /** What a field is before it is written. */
    private static final int OPEN = 0;

    private static final int TAKEN = 1;
    private static final int WITHDRAWN = 2;
    // What is written once, and read by whoever gets the message next: no fence is needed to make sure that nothing is
    // read before.
    private static final AtomicReferenceFieldUpdater<Carrier, @Nullable Envelope> ENVELOPE =
            AtomicReferenceFieldUpdater.newUpdater(Carrier.class, Envelope.class, "envelope");
    private static final AtomicReferenceFieldUpdater<Carrier, @Nullable Handler> STOPPED_HANDLER =
            AtomicReferenceFieldUpdater.newUpdater(Carrier.class, Handler.class, "stoppedHandler");
    private static final AtomicIntegerFieldUpdater<Carrier> HERE =
            AtomicIntegerFieldUpdater.newUpdater(Carrier.class, "here");
    private static final AtomicIntegerFieldUpdater<Carrier> ANSWERED =
            AtomicIntegerFieldUpdater.newUpdater(Carrier.class, "answered");
    private static final AtomicIntegerFieldUpdater<Carrier> FATE =
            AtomicIntegerFieldUpdater.newUpdater(Carrier.class, "fate");

    private final Content given;

    // Read without the lock that keeps what follows them, as each message is asked for these many times.
    private volatile @Nullable Content opened;
    private volatile @Nullable Envelope envelope;
    private volatile @Nullable DeniedException denial;
    private volatile boolean held;
    private volatile boolean over;
    private long sequence = UNSEALED;
    private @Nullable Buffer published;

    /** 1 when an authentic answer to it has come. */
    private volatile int answered;

    /** 1 when it is for a handler of this JVM. */
    private volatile int here;

    /** Whether it was taken in this JVM, or withdrawn, or neither yet: whatever comes first stays. */
    private volatile int fate;

    private volatile @Nullable Handler<Throwable> stoppedHandler;

    Carrier(Content content) {
        this.given = content;
    }

    /** What its time of sealing is read from. */
    abstract TrustedTime time();

    /** As it was given, or with a place for headers since somebody asked for them. */
    final Content content() {
        Content known = opened;
        return known == null ? given : known;
    }

    /** The body as its sender gave it. */
    @Override
    public final @Nullable Object body() {
        return content().body();
    }

    /** The headers that will travel; interceptors may still change them. */
    @Override
    public final synchronized MultiMap headers() {
        Content open = content().withHeaders();
        opened = open;
        return Objects.requireNonNull(open.headers());
    }

    /** Seals the content at the end of a buffer, and says the number of the sealing under its key. */
    abstract long seal(long sentAt, Envelope envelope, Content content, Buffer out);

    /** Lets the message go, as it will stand on the wire. */
    final void allow(Envelope wire) {
        ENVELOPE.lazySet(this, wire);
    }

    /** Stops the message. */
    final void deny(DenialReason reason) {
        deny(new DeniedException(reason));
    }

    /** Stops the message because it could not be written: its session has ended, or its codec failed, which is the cause. */
    final void denyUnwritable(Throwable failure) {
        DenialReason ended = isAllowed() ? session().ended() : null;
        DenialReason reason = DenialReason.UNWRITABLE_BODY;
        // Nobody may be waiting to be told. What a codec says of its failure may quote the body, so it is not logged.
        LOG.warn(
                "a message was not sent: " + (ended == null ? failure.getClass().getName() : ended.text()));
        deny(ended == null ? new DeniedException(reason, reason.text(), failure) : new DeniedException(ended));
    }

    private void deny(DeniedException denied) {
        denial = denied;
        stopped(denied);
    }

    private void stopped(Throwable why) {
        Handler<Throwable> handler = stoppedHandler;
        if (handler != null) {
            handler.handle(why);
        }
    }

    /** Called once the message is stopped, or taken back, on whatever thread that happens. */
    final void onStopped(Handler<Throwable> handler) {
        STOPPED_HANDLER.lazySet(this, handler);
    }

    /** Why the message was stopped, or null. */
    final @Nullable DeniedException denial() {
        return denial;
    }

    /** Where answers to the message arrive, once it was allowed; null before, or when none is expected. */
    final @Nullable String replyAddress() {
        Envelope allowed = envelope;
        return allowed == null ? null : allowed.replyAddress();
    }

    /** True when the outbound interceptor let it go. */
    final boolean isAllowed() {
        return envelope != null && denial == null;
    }

    /** Gives the message to a handler of this JVM; false when it was withdrawn. */
    final boolean take() {
        return settle(TAKEN);
    }

    /** True when a handler of this JVM has it. */
    final boolean isTaken() {
        return fate == TAKEN;
    }

    /** From now on the message is neither sealed nor taken in this JVM; false when it was taken. */
    final synchronized boolean withdraw() {
        return settle(WITHDRAWN);
    }

    private boolean settle(int wanted) {
        return FATE.compareAndSet(this, OPEN, wanted) || fate == wanted;
    }

    /** Notes that it is for a handler of this JVM, which may take it at any time. */
    final void noteHere() {
        HERE.lazySet(this, 1);
    }

    /** Notes whether an application's interceptor has it, which may let it go later, or never. */
    final void noteHeld(boolean byInterceptor) {
        held = byInterceptor;
    }

    /** True while Vert.x has neither written it nor given it to a handler of this JVM: it waits for a connection, or has lost it. */
    final boolean isWaiting() {
        return here == 0 && !held && isAllowed() && !hasLeft();
    }

    /** Withdraws the message if it {@link #isWaiting}, so that another can be sent in its place; tells whoever is told of a stop. */
    final void takeBack(Throwable why) {
        boolean waiting;
        synchronized (this) {
            waiting = isWaiting() && withdraw();
        }
        if (waiting) {
            stopped(why);
        }
    }

    /** Notes that an authentic answer to it has come, be it a failure. */
    final void noteAnswered() {
        ANSWERED.lazySet(this, 1);
    }

    /** True when an authentic answer to it has come. */
    final boolean isAnswered() {
        return answered != 0;
    }

    /** Notes that nobody waits for an answer to it any more. */
    final void noteOver() {
        over = true;
    }

    /** True when nobody waits for an answer to it any more. */
    final boolean isOver() {
        return over;
    }

    /** True when it was sealed, and so may have left. */
    final synchronized boolean hasLeft() {
        return sequence != UNSEALED;
    }

    /** The number that it was sealed with, if {@link #hasLeft}. */
    final synchronized long sequence() {
        return sequence;
    }

    /**
     * Appends the frame; throws whatever the body's codec throws, and then leaves the buffer as it was.
     *
     * @throws IllegalStateException when nobody checked the message, or a message to one receiver is to be sealed a second time
     */
    final synchronized void sealTo(Buffer out) {
        if (published != null) {
            out.appendBuffer(published);
            return;
        }
        if (envelope == null || fate == WITHDRAWN || sequence != UNSEALED) {
            throw new IllegalStateException("the message was not checked");
        }
        int start = out.length();
        sequence = seal(time().recent(), envelope, content(), out);
        if (!envelope.send()) {
            published = out.getBuffer(start, out.length());
        }
    }

    /** Appends a frame that says, in place of an answer, that its body could not be written; false when there is nobody to tell. */
    final synchronized boolean sealFailureTo(Buffer out) {
        if (envelope == null || !answers()) {
            return false;
        }
        try {
            seal(time().recent(), envelope, unwritable(), out);
            return true;
        } catch (RuntimeException e) {
            // The session has ended.
            return false;
        }
    }

    private static Content unwritable() {
        DeniedException failure = new DeniedException(DenialReason.UNWRITABLE_BODY);
        return Content.of(CodecManager.REPLY_EXCEPTION_MESSAGE_CODEC, failure, null);
    }

    /** True when the message is an answer, so that somebody waits for it. */
    abstract boolean answers();

    /** Never shows the content. */
    @Override
    public final String toString() {
        return "sealed message";
    }
}
