// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.ContentFormat;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import dev.latchkey.eventbus.wire.Plaintext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.impl.CodecManager;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a provider does for each request, step by step and together, and the little that a caller does besides sealing. */
@State(Scope.Thread)
public class ReceiveBenchmark {
    private static final int ROOM = 16_384;
    private static final long NOW = 1_800_000_000_000L;
    private static final String ADDRESS = Receiver.address(0);
    private static final Envelope ENVELOPE = new Envelope(ADDRESS, "__vertx.reply.1234", true);

    /** Bytes of content. */
    @Param({"256", "4096"})
    public int size;

    private final Issuer issuer = new Issuer(NOW);
    private final Receiver receiver = new Receiver(issuer, 1, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
    private final ServiceToken token = issuer.token(1, 0, receiver.providerKey());
    private final CallerSession caller = issuer.caller(token);
    private final ReplayBudget budget = new ReplayBudget(new Bounds());
    private final ReplayMemory memory = new ReplayMemory(budget);
    private final Object arrival = new Object();

    private Content content = content(0);
    private byte[] written = new byte[0];
    private Buffer wire = Buffer.buffer();
    private final Buffer out = Buffer.buffer(ROOM);
    private long sequence;

    @SuppressWarnings("NullAway.Init")
    private Frame frame;

    @SuppressWarnings("NullAway.Init")
    private ProviderSession session;

    private static Content content(int size) {
        return new Content(CodecManager.BUFFER_MESSAGE_CODEC, Buffer.buffer(new byte[size]), null);
    }

    /** Makes one sealed request, whose token the provider knows. */
    @Setup
    public void setUp() throws Exception {
        content = content(size);
        written = ContentFormat.write(content);
        wire = Buffer.buffer();
        caller.seal(NOW, ENVELOPE, content, wire);
        frame = cutFrame();
        session = receiver.session(frame);
    }

    /** Erases the keys. */
    @TearDown
    public void tearDown() {
        caller.close();
        receiver.close();
        issuer.close();
    }

    /** Body and headers to bytes. */
    @Benchmark
    public byte[] encode() {
        return ContentFormat.write(content);
    }

    /** Bytes to body and headers. */
    @Benchmark
    public Content decode() {
        return ContentFormat.read(written, receiver.codecs());
    }

    /** A caller's frame, its content encoded where it is sealed, the decision whether the token rides along included. */
    @Benchmark
    public Buffer sealRequest() {
        ((BufferInternal) out).unwrap().clear();
        caller.seal(NOW, ENVELOPE, content, out);
        return out;
    }

    /** The wire's bytes to a frame. */
    @Benchmark
    public Frame cutFrame() {
        return Objects.requireNonNull(Frame.parse(0, wire));
    }

    /** The address's operation. */
    @Benchmark
    public @Nullable Operation addressLookup() {
        return receiver.operationAt(ADDRESS);
    }

    /** The session of the token that a frame names, with its validity and revocation. */
    @Benchmark
    public Object tokenLookup() throws Exception {
        return receiver.session(frame);
    }

    /** Operation and address against the token's scope. */
    @Benchmark
    public void scopeCheck() throws Exception {
        Receiver.requireScope(session, receiver.operationAt(ADDRESS), ADDRESS);
    }

    /** One more message of a caller. */
    @Benchmark
    public @Nullable DenialReason replayCheck() {
        return memory.remember(sequence++, true, arrival);
    }

    /** Frame to content. */
    @Benchmark
    public int open() throws Exception {
        try (Plaintext content = session.open(frame, ENVELOPE)) {
            return content.buffer().length();
        }
    }

    /** All checks and the content; the replay memory is shown a new number each time, as the frame is always the same. */
    @Benchmark
    public Content allChecks() throws Exception {
        return receiver.check(frame, ENVELOPE, ++sequence);
    }

    /** Once for each token: its ticket, the caller's keys, both codes. */
    @Benchmark
    public void admit() throws Exception {
        ProviderSession.admit(token, receiver.providerKey(), budget).close();
    }
}
