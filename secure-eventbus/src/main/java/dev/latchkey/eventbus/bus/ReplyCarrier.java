// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.Envelope;
import io.vertx.core.buffer.Buffer;

/** An answer to a message that came in under a session. */
final class ReplyCarrier extends Carrier {
    private final Session session;
    private final TrustedTime time;

    ReplyCarrier(Session session, Content content, TrustedTime time) {
        super(content);
        this.session = session;
        this.time = time;
    }

    @Override
    TrustedTime time() {
        return time;
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    long seal(long sentAt, Envelope envelope, Content content, Buffer out) {
        return session.replies().seal(sentAt, envelope, content, out);
    }

    @Override
    boolean answers() {
        return true;
    }
}
