// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.policy.AddressBook;
import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.registration.ProviderKey;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.eventbus.token.Tickets;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.token.TokenReader;
import dev.latchkey.eventbus.wire.Codecs;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import dev.latchkey.eventbus.wire.Plaintext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.impl.EventBusImpl;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A provider of any number of operations, without a bus: what checks a request, in the order of {@link RequestGate}. */
final class Receiver implements ProviderSessions.ProviderKeys, AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Codecs codecs = new PlainBusCodecs((EventBusImpl) vertx.eventBus());
    private final SaltedBox box = box();
    private final TrustedTime time;
    private final AddressBook book;
    private final ProviderSessions sessions;

    Receiver(Issuer issuer, int operations, Clock clock) {
        this.time = new TrustedTime(clock);
        this.book = AddressBook.of(
                IntStream.range(0, operations).mapToObj(Receiver::operation).toList());
        TokenReader reader = issuer.reader();
        this.sessions =
                new ProviderSessions(new TokenDesk(vertx), reader, this, time, BusGuard.CLOCK_SKEW, new Bounds());
    }

    private static SaltedBox box() {
        try (SecretBytes providerKey = SecretBytes.random(ProviderKey.LENGTH)) {
            return Tickets.box(providerKey);
        }
    }

    private static Operation operation(int number) {
        return new Operation(operationName(number), List.of(AddressPattern.parse(address(number))));
    }

    static String operationName(int number) {
        return "operation_" + number;
    }

    static String address(int number) {
        return "operation." + number;
    }

    Codecs codecs() {
        return codecs;
    }

    ProviderSession session(Frame frame) throws Refusal {
        return sessions.session(frame);
    }

    /** All checks of a request that came over the wire, and its content. */
    Content check(Frame frame, Envelope envelope) throws Refusal {
        return check(frame, envelope, frame.sequence());
    }

    /** The same, as if the frame had another number. */
    Content check(Frame frame, Envelope envelope, long sequence) throws Refusal {
        Operation operation = book.operationAt(envelope.address());
        ProviderSession session = sessions.session(frame);
        requireScope(session, operation, envelope.address());
        try (Plaintext content = session.open(frame, envelope)) {
            requireFresh(frame);
            session.remember(sequence);
            sessions.requireFirst(frame);
            return read(content);
        }
    }

    static void requireScope(ProviderSession session, @Nullable Operation operation, String address) throws Refusal {
        if (operation == null || !session.grant().operation().equals(operation.name()) || !session.covers(address)) {
            throw new Refusal(DenialReason.OUT_OF_SCOPE);
        }
    }

    private void requireFresh(Frame frame) throws Refusal {
        if (Math.abs(time.now() - frame.sentAt()) > RequestGate.FRESHNESS.toMillis()) {
            throw new Refusal(DenialReason.STALE_MESSAGE);
        }
    }

    private Content read(Plaintext content) throws Refusal {
        Content read = Bodies.read(content, codecs);
        if (read == null) {
            throw new Refusal(DenialReason.UNREADABLE_BODY);
        }
        return read;
    }

    @Nullable
    Operation operationAt(String address) {
        return book.operationAt(address);
    }

    /** The key of all operations. */
    SaltedBox providerKey() {
        return box;
    }

    int callers() {
        return sessions.size();
    }

    @Override
    public SaltedBox box(String operation, long epoch) {
        return box;
    }

    @Override
    public boolean provides(String operation) {
        return true;
    }

    @Override
    public boolean stretches(TokenGrant grant) {
        return false;
    }

    @Override
    public boolean isBehind(TokenGrant grant) {
        return false;
    }

    @Override
    public Future<Void> missed(TokenGrant grant) {
        return Future.failedFuture("nobody renews here");
    }

    @Override
    public Revocations revocations() {
        return Revocations.none();
    }

    @Override
    public void close() {
        sessions.keepOnly(Set.of());
        box.close();
        vertx.close().await();
    }
}
