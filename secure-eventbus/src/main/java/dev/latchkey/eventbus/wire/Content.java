// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.MessageCodec;
import org.jspecify.annotations.Nullable;

/**
 * What a sealed message hides: a body, the codec that writes it, and the headers.
 *
 * @param codec the codec that the plain bus would have used
 * @param headers null when there are none
 */
public record Content(
        MessageCodec<?, ?> codec,
        @Nullable Object body,
        @Nullable MultiMap headers) {

    /** Takes a copy of the headers, so that a sender may reuse its own. */
    public static Content of(MessageCodec<?, ?> codec, @Nullable Object body, @Nullable MultiMap headers) {
        return new Content(codec, body, headers == null || headers.isEmpty() ? null : copy(headers));
    }

    /** The content as a handler in the same JVM gets it: copied as the codec says, as on the plain bus. */
    @SuppressWarnings("unchecked") // The codec was looked up for this very body.
    public Content transformed() {
        Object copied = body == null ? null : ((MessageCodec<Object, Object>) codec).transform(body);
        return of(codec, copied, headers);
    }

    private static MultiMap copy(MultiMap headers) {
        return MultiMap.caseInsensitiveMultiMap().addAll(headers);
    }

    /** Names the codec; never shows the body or the headers. */
    @Override
    public String toString() {
        return "Content[" + codec.name() + "]";
    }
}
