// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import dev.latchkey.eventbus.token.TokenId;

/** The id that a thread read last, which is that of its next frame too as long as one caller sends. Confined to its thread. */
final class LastTokenId {
    private static final ThreadLocal<LastTokenId> OF_THREAD = ThreadLocal.withInitial(LastTokenId::new);

    private TokenId id = new TokenId(0, 0);

    private LastTokenId() {}

    /** The id that stands at an offset. */
    static TokenId read(byte[] bytes, int offset) {
        return OF_THREAD.get().next(bytes, offset);
    }

    private TokenId next(byte[] bytes, int offset) {
        boolean same = id.instance() == BigEndian.getLong(bytes, offset)
                && id.serial() == BigEndian.getLong(bytes, offset + Long.BYTES);
        if (!same) {
            id = TokenId.read(bytes, offset);
        }
        return id;
    }
}
