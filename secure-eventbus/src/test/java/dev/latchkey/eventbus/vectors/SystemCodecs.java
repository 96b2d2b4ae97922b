// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.vectors;

import dev.latchkey.eventbus.wire.Codecs;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.impl.CodecManager;
import org.jspecify.annotations.Nullable;

/** The codecs that every bus has. */
final class SystemCodecs implements Codecs {
    private final MessageCodec<?, ?>[] all = new CodecManager().systemCodecs();

    @Override
    public MessageCodec<?, ?> choose(@Nullable Object body, @Nullable String name, boolean localOnly) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MessageCodec<?, ?> named(String name) {
        throw new IllegalArgumentException(name);
    }

    @Override
    public MessageCodec<?, ?> system(byte id) {
        return all[id];
    }
}
