// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a sealed message hides: a body, the codec that writes it, and the headers.
 *
 * @param codec the codec that the plain bus would have used
 * @param headers null when there are none
 * @param patience how many milliseconds the sender waits for an answer, if that is so long that keys have to be kept for it; else
 *     0
 * @param first the first message of the request that this is sent again for; null for one that is sent for the first time
 */
public record Content(
        MessageCodec<?, ?> codec,
        @Nullable Object body,
        @Nullable MultiMap headers,
        int patience,
        @Nullable SentName first)
        implements Writable {

    /** Content that stands for no message before it. */
    public Content(MessageCodec<?, ?> codec, @Nullable Object body, @Nullable MultiMap headers, int patience) {
        this(codec, body, headers, patience, null);
    }

    /** Content whose sender is not patient. */
    public Content(MessageCodec<?, ?> codec, @Nullable Object body, @Nullable MultiMap headers) {
        this(codec, body, headers, 0);
    }

    /** The same content of a sender that waits for an answer. */
    public Content withPatience(int milliseconds) {
        return milliseconds == patience ? this : new Content(codec, body, headers, milliseconds, first);
    }

    /** The same content in a message that stands for another, of which nobody has taken any yet. */
    public Content standingFor(@Nullable SentName message) {
        return Objects.equals(message, first) ? this : new Content(codec, body, headers, patience, message);
    }

    /** The same content, with headers of its own. */
    public Content copied() {
        return headers == null ? this : new Content(codec, body, copy(headers), patience, first);
    }

    /** The same content with a place for headers. */
    public Content withHeaders() {
        return headers != null ? this : new Content(codec, body, MultiMap.caseInsensitiveMultiMap(), patience, first);
    }

    /** Takes a copy of the headers, so that a sender may reuse its own. */
    public static Content of(MessageCodec<?, ?> codec, @Nullable Object body, @Nullable MultiMap headers) {
        return new Content(codec, body, headers == null || headers.isEmpty() ? null : copy(headers));
    }

    /** The content as a handler in the same JVM gets it: copied as the codec says, as on the plain bus. */
    @SuppressWarnings("unchecked") // The codec was looked up for this very body.
    public Content transformed() {
        Object copied = body == null ? null : ((MessageCodec<Object, Object>) codec).transform(body);
        return of(codec, copied, headers).withPatience(patience);
    }

    @Override
    public void writeTo(Buffer out) {
        ContentFormat.write(this, out);
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
