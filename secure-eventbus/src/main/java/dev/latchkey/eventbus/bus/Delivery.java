// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.Frame;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way in: the body that Vert.x gets to see. It shows nothing until the inbound interceptor opened it; then what it said,
 * and the session that it came in under, and that answers go out under.
 *
 * <p>Either it came from the wire, as a frame, or from this JVM, as a carrier with its content already copied. It is one object, as there
 * is one for each message.
 */
final class Delivery implements Readable {
    // Written once, before the message goes on to whoever reads it: no fence is needed after it.
    private static final AtomicReferenceFieldUpdater<Delivery, @Nullable Session> SESSION =
            AtomicReferenceFieldUpdater.newUpdater(Delivery.class, Session.class, "session");

    private final @Nullable Frame frame;

    /** The buffer that it arrived in, or the carrier of this JVM that it was. */
    private final @Nullable Object origin;

    /** What it says. Of this JVM, that is known before it may be shown. Written before the session is. */
    private @Nullable Content content;

    /** Null as long as it was not opened. */
    private volatile @Nullable Session session;

    private volatile @Nullable DenialReason refused;

    private Delivery(@Nullable Frame frame, @Nullable Object origin, @Nullable Content content) {
        this.frame = frame;
        this.origin = origin;
        this.content = content;
    }

    /** From the wire; total, so that whatever stands there becomes a delivery that can be refused. */
    static Delivery fromWire(int position, Buffer buffer) {
        return new Delivery(Frame.parse(position, buffer), buffer, null);
    }

    /** From the wire, and not looked at, as it is larger than this JVM copies. */
    static Delivery tooLarge() {
        Delivery delivery = new Delivery(null, null, null);
        delivery.refuse(DenialReason.OVERLOADED);
        return delivery;
    }

    /** From this JVM. */
    static Delivery fromHere(Carrier carrier) {
        return new Delivery(null, carrier, carrier.content().transformed());
    }

    /** From this JVM, with a body that its codec could not copy: refused as malformed. */
    static Delivery unreadable() {
        return new Delivery(null, null, null);
    }

    /** The frame, or null when there is none that can be read, or the message is from this JVM. */
    @Nullable
    Frame frame() {
        return frame;
    }

    /** The carrier, or null when the message is from the wire. */
    @Nullable
    Carrier carrier() {
        return origin instanceof Carrier carrier ? carrier : null;
    }

    /** What copies of one arriving publish share. */
    Object arrival() {
        return origin instanceof Buffer buffer ? buffer : this;
    }

    /** A message's bytes as it arrived, those around its frame included: who holds it keeps them all. 0 if it is not from the wire. */
    static int sizeOf(Message<?> message) {
        return message.body() instanceof Delivery delivery && delivery.origin instanceof Buffer wire
                ? wire.length()
                : 0;
    }

    /** Opens a message of this JVM. */
    void openLocal(Session under) {
        if (content != null) {
            SESSION.lazySet(this, under);
        }
    }

    void open(Content said, Session under) {
        content = said;
        SESSION.lazySet(this, under);
    }

    /** Notes that it does not open. */
    void refuse(DenialReason reason) {
        refused = reason;
    }

    /** Why it does not open, or null. */
    @Nullable
    DenialReason refused() {
        return refused;
    }

    /** Why there is no frame of the kind that is expected. */
    DenialReason whyNoFrame() {
        DenialReason known = refused;
        return known == null ? DenialReason.MALFORMED : known;
    }

    /** What it says, or null as long as it was not opened. */
    @Nullable
    Readable opened() {
        return session == null ? null : this;
    }

    @Override
    public Session session() {
        Session known = session;
        if (known == null) {
            throw new IllegalStateException("the message was not opened");
        }
        return known;
    }

    private Content content() {
        session();
        return Objects.requireNonNull(content);
    }

    @Override
    public @Nullable Object body() {
        return content().body();
    }

    @Override
    public MultiMap headers() {
        Content open = content().withHeaders();
        content = open;
        return Objects.requireNonNull(open.headers());
    }

    /** Never shows the content. */
    @Override
    public String toString() {
        return "sealed message";
    }
}
