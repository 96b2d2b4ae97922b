// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.util.concurrent.atomic.AtomicInteger;

/** A codec of the application's that throws at one step, and does the other well. */
final class FailingCodec<T> implements MessageCodec<T, T> {
    private static final AtomicInteger CODECS = new AtomicInteger();

    /** What the codec throws: nobody may rely on its being an exception. */
    enum Blow {
        EXCEPTION {
            @Override
            void strike() {
                throw new IllegalStateException(MESSAGE);
            }
        },
        ERROR {
            @Override
            void strike() {
                throw new StackOverflowError(MESSAGE);
            }
        };

        static final String MESSAGE = "the codec failed";

        abstract void strike();
    }

    private final String name = "failing" + CODECS.incrementAndGet();
    private final boolean writes;
    private final T body;
    private final Blow blow;

    private FailingCodec(boolean writes, T body, Blow blow) {
        this.writes = writes;
        this.body = body;
        this.blow = blow;
    }

    /** One that can write no body. */
    static <T> FailingCodec<T> atWriting(T body, Blow blow) {
        return new FailingCodec<>(false, body, blow);
    }

    /** One that can write a body, but not read it. */
    static <T> FailingCodec<T> atReading(T body, Blow blow) {
        return new FailingCodec<>(true, body, blow);
    }

    /** Makes it known by its name. */
    FailingCodec<T> on(EventBus... buses) {
        for (EventBus bus : buses) {
            bus.registerCodec(this);
        }
        return this;
    }

    T body() {
        return body;
    }

    @Override
    public void encodeToWire(Buffer buffer, T written) {
        if (!writes) {
            blow.strike();
        }
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        blow.strike();
        return body;
    }

    @Override
    public T transform(T written) {
        if (!writes) {
            blow.strike();
        }
        return written;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
