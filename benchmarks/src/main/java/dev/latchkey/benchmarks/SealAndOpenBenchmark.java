// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks;

import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.OpeningKey;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import dev.latchkey.eventbus.wire.FrameWriter;
import dev.latchkey.eventbus.wire.Plaintext;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What sealing a request and opening it costs, in the steady state: the token is known and does not ride along. */
@State(Scope.Thread)
public class SealAndOpenBenchmark {
    private static final Envelope ENVELOPE = new Envelope("image.process", "__vertx.reply.1234", true);
    private static final int KEY_LENGTH = 32;
    private static final int ROOM = 16_384;
    private static final long SENT_AT = 1_800_000_000_000L;

    /** Bytes of content. */
    @Param({"256", "4096"})
    public int size;

    private final byte[] tokenId = new byte[TokenId.LENGTH];
    private final byte[] noToken = new byte[0];
    private final SecretBytes key = SecretBytes.random(KEY_LENGTH);
    private final SealingKey sealingKey = new SealingKey(key);
    private final OpeningKey openingKey = new OpeningKey(key);

    private final Buffer out = Buffer.buffer(ROOM);
    private Buffer sealed = Buffer.buffer();

    /** Makes one sealed request. */
    @Setup
    public void setUp() {
        sealed = seal().copy();
    }

    /** Erases the keys. */
    @TearDown
    public void tearDown() {
        sealingKey.close();
        openingKey.close();
        key.close();
    }

    /** Content to frame, in the buffer where the content stands: to put it there, the plain bus takes as long. */
    @Benchmark
    public Buffer seal() {
        raw(out).clear();
        FrameWriter.request(
                sealingKey, sealingKey.claim(), tokenId, noToken, SENT_AT, ENVELOPE, this::standsThere, out);
        return out;
    }

    private void standsThere(Buffer buffer) {
        ByteBuf raw = raw(buffer);
        raw.writerIndex(raw.writerIndex() + size);
    }

    private static ByteBuf raw(Buffer buffer) {
        return ((BufferInternal) buffer).unwrap();
    }

    /** Frame to content, which is erased after it was looked at. */
    @Benchmark
    public int open() throws OpenFailedException {
        Frame frame = Objects.requireNonNull(Frame.parse(0, sealed));
        try (Plaintext content = frame.open(openingKey, ENVELOPE)) {
            return content.buffer().length();
        }
    }
}
