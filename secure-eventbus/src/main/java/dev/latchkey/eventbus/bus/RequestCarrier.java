// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.SentName;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** A send, publish or request on a secured address. */
final class RequestCarrier extends Carrier {
    // As the others that a carrier has written once.
    private static final AtomicReferenceFieldUpdater<RequestCarrier, @Nullable CallerSession> SESSION =
            AtomicReferenceFieldUpdater.newUpdater(RequestCarrier.class, CallerSession.class, "session");

    private final Member member;
    private volatile @Nullable CallerSession session;

    RequestCarrier(Member member, Content content) {
        super(content);
        this.member = member;
    }

    /** Takes the member's token for the operation, if it has one that is alive. */
    void authorise(Operation operation, long now) throws Refusal {
        SESSION.lazySet(this, member.session(operation, now));
    }

    @Override
    TrustedTime time() {
        return member.time();
    }

    @Override
    public CallerSession session() {
        CallerSession chosen = session;
        if (chosen == null) {
            throw new IllegalStateException(DenialReason.NOT_INVITED.text());
        }
        return chosen;
    }

    @Override
    long seal(long sentAt, Envelope envelope, Content content, Buffer out) {
        return session().seal(sentAt, envelope, content, out);
    }

    /** What the message is called, if it was sealed; else null. */
    @Nullable
    SentName sentName() {
        return hasLeft() ? new SentName(session().grant().id(), sequence()) : null;
    }

    @Override
    boolean answers() {
        return false;
    }
}
