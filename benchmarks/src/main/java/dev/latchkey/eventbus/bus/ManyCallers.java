// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.benchmarks.Turns;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.ContentFormat;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.impl.CodecManager;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Objects;

/**
 * One provider that many callers send to, in turn: how long it takes to check a message, and how much heap a caller's token takes.
 *
 * <p>The callers' messages are sealed before the clock starts. Callers take {@link Turns}.
 */
public final class ManyCallers {
    private static final long ISSUED = 1_800_000_000_000L;

    /** No token is so fresh any more that it rides along with each message. */
    private static final long NOW = ISSUED + 2 * CallerSession.FRESH_MILLIS;

    private static final int BODY = 256;
    private static final int MESSAGES = 100_000;
    private static final int PASSES = 5;
    /** Messages that are sealed at a time: as many as a socket's buffers may hold, and few enough to be found in the caches, as what has just arrived is. */
    private static final int BATCH = 500;

    private final int tokens;
    private final int operations;
    private final int together;
    private final int messages;
    private final Issuer issuer = new Issuer(ISSUED);
    private final Receiver receiver;
    private final CallerSession[] callers;
    private final byte[] content =
            ContentFormat.write(new Content(CodecManager.BUFFER_MESSAGE_CODEC, Buffer.buffer(new byte[BODY]), null));

    private final Turns turns;

    private ManyCallers(int tokens, int operations, int together, int messages) {
        this.together = together;
        this.messages = messages;
        this.turns = new Turns(tokens, together);
        this.tokens = tokens;
        this.operations = operations;
        this.receiver = new Receiver(issuer, operations, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
        this.callers = new CallerSession[tokens];
    }

    /**
     * What was measured.
     *
     * @param together how many callers took turns with each other, before as many others did; 0 for all
     * @param nanosPerMessage median of several passes of 100,000 messages
     * @param heapPerToken bytes of the provider's heap for a token whose caller has sent something
     */
    public record Result(int tokens, int operations, int together, long nanosPerMessage, long heapPerToken) {}

    /**
     * Measures.
     *
     * @param tokens how many callers the provider knows, each with a token of its own; at most 100,000
     * @param operations how many operations they invoke, each with an address
     * @param together how many callers take turns with each other, before as many others do; 0 for all
     */
    public static Result measure(int tokens, int operations, int together) throws Exception {
        return measure(tokens, operations, together, MESSAGES);
    }

    static Result measure(int tokens, int operations, int together, int messages) throws Exception {
        ManyCallers many = new ManyCallers(tokens, operations, together, messages);
        try {
            return many.measure();
        } finally {
            many.close();
        }
    }

    private Result measure() throws Exception {
        for (int i = 0; i < tokens; i++) {
            ServiceToken token = issuer.token(i + 1L, operation(i), receiver.providerKey());
            callers[i] = issuer.caller(token);
        }
        long heap = admitAll();
        long[] passes = new long[PASSES];
        for (int pass = 0; pass < PASSES; pass++) {
            passes[pass] = pass();
        }
        Arrays.sort(passes);
        return new Result(tokens, operations, together, passes[PASSES / 2] / messages, heap / tokens);
    }

    private int operation(int caller) {
        return caller % operations;
    }

    /** Each caller's first message, which brings its token; gives the heap that the provider took for all of them. */
    private long admitAll() throws Refusal {
        long before = heap();
        for (int i = 0; i < tokens; i++) {
            receiver.check(frame(i), envelope(i));
        }
        long taken = heap() - before;
        sealFreshMessages();
        return taken;
    }

    /** Those that bring a token along, for whoever else may need it. */
    private void sealFreshMessages() {
        for (int message = 0; message < CallerSession.FRESH_MESSAGES; message++) {
            for (int i = 0; i < tokens; i++) {
                frame(i);
            }
        }
    }

    private static long heap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        // Twice: what the first collection finalises or clears is free after the second.
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private Frame frame(int caller) {
        Buffer wire = Buffer.buffer();
        callers[caller].seal(NOW, envelope(caller), out -> out.appendBytes(content), wire);
        return Objects.requireNonNull(Frame.parse(0, wire));
    }

    private Envelope envelope(int caller) {
        return new Envelope(Receiver.address(operation(caller)), null, true);
    }

    private long pass() throws Refusal {
        long nanos = 0;
        for (int first = 0; first < messages; first += BATCH) {
            nanos += batch(Math.min(BATCH, messages - first));
        }
        return nanos;
    }

    private long batch(int size) throws Refusal {
        Frame[] frames = new Frame[size];
        Envelope[] envelopes = new Envelope[size];
        for (int i = 0; i < size; i++) {
            int caller = turns.next();
            frames[i] = frame(caller);
            envelopes[i] = envelope(caller);
        }
        long begun = System.nanoTime();
        for (int i = 0; i < size; i++) {
            receiver.check(frames[i], envelopes[i]);
        }
        return System.nanoTime() - begun;
    }

    private void close() {
        if (receiver.callers() != tokens) {
            throw new IllegalStateException("the provider knows " + receiver.callers() + " of " + tokens + " callers");
        }
        for (CallerSession caller : callers) {
            caller.close();
        }
        receiver.close();
        issuer.close();
    }
}
