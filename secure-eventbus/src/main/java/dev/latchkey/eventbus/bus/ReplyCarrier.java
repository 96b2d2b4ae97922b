// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.Envelope;

/** An answer to a message that came in under a session. */
final class ReplyCarrier extends Carrier {
    private final Session session;

    ReplyCarrier(Session session, Content content, TrustedTime time) {
        super(content, time);
        this.session = session;
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    byte[] seal(long sentAt, Envelope envelope, byte[] content) {
        return session.replies().seal(sentAt, envelope, content);
    }

    @Override
    boolean answers() {
        return true;
    }
}
