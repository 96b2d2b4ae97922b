// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import io.vertx.core.eventbus.MessageCodec;
import org.jspecify.annotations.Nullable;

/** The codecs that a bus knows. */
public interface Codecs {
    /**
     * The codec that the plain bus would choose.
     *
     * @param name a user codec's name, or null to choose by the body's class
     * @param localOnly true when the message cannot leave the JVM, which widens the choice as on the plain bus
     * @throws RuntimeException the one that the plain bus throws when there is none
     */
    MessageCodec<?, ?> choose(@Nullable Object body, @Nullable String name, boolean localOnly);

    /**
     * A user codec.
     *
     * @throws IllegalArgumentException when none has this name
     */
    MessageCodec<?, ?> named(String name);

    /**
     * A system codec.
     *
     * @throws IllegalArgumentException when none has this id
     */
    MessageCodec<?, ?> system(byte id);
}
