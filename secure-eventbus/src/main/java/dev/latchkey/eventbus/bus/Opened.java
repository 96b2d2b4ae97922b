// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.wire.Content;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/** A message that passed every check: what it said, and the session that it came in under, and that answers go out under. */
final class Opened implements Readable {
    private final @Nullable Object body;
    private final Session session;
    private @Nullable MultiMap headers;

    Opened(Content content, Session session) {
        this.body = content.body();
        this.headers = content.headers();
        this.session = session;
    }

    @Override
    public @Nullable Object body() {
        return body;
    }

    @Override
    public MultiMap headers() {
        if (headers == null) {
            headers = MultiMap.caseInsensitiveMultiMap();
        }
        return headers;
    }

    @Override
    public Session session() {
        return session;
    }
}
