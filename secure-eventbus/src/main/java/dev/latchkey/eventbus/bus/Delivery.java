// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.Frame;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way in: the body that Vert.x gets to see. It shows nothing until the inbound interceptor opened it.
 *
 * <p>Either it came from the wire, as a frame, or from this JVM, as a carrier with its content already copied.
 */
final class Delivery {
    private final @Nullable Frame frame;
    private final @Nullable Object arrival;
    private final @Nullable Carrier carrier;
    private final @Nullable Content local;
    private volatile @Nullable Opened opened;
    private volatile @Nullable DenialReason refused;

    private Delivery(
            @Nullable Frame frame, @Nullable Object arrival, @Nullable Carrier carrier, @Nullable Content local) {
        this.frame = frame;
        this.arrival = arrival;
        this.carrier = carrier;
        this.local = local;
    }

    /** From the wire; total, so that whatever stands there becomes a delivery that can be refused. */
    static Delivery fromWire(int position, Buffer buffer) {
        return new Delivery(Frame.parse(position, buffer), buffer, null, null);
    }

    /** From the wire, and not looked at, as it is larger than this JVM copies. */
    static Delivery tooLarge() {
        Delivery delivery = new Delivery(null, null, null, null);
        delivery.refuse(DenialReason.OVERLOADED);
        return delivery;
    }

    /** From this JVM. */
    static Delivery fromHere(Carrier carrier) {
        return new Delivery(null, null, carrier, carrier.content().transformed());
    }

    /** From this JVM, with a body that its codec could not copy: refused as malformed. */
    static Delivery unreadable() {
        return new Delivery(null, null, null, null);
    }

    /** The frame, or null when there is none that can be read, or the message is from this JVM. */
    @Nullable
    Frame frame() {
        return frame;
    }

    /** The carrier, or null when the message is from the wire. */
    @Nullable
    Carrier carrier() {
        return carrier;
    }

    /** What copies of one arriving publish share. */
    Object arrival() {
        return arrival == null ? this : arrival;
    }

    /** Opens a message of this JVM. */
    void openLocal(Session session) {
        if (local != null) {
            open(new Opened(local, session));
        }
    }

    void open(Opened result) {
        opened = result;
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
    Opened opened() {
        return opened;
    }

    /** Never shows the content. */
    @Override
    public String toString() {
        return "sealed message";
    }
}
