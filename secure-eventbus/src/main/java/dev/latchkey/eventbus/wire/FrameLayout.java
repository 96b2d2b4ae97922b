// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

/**
 * Where each field of a sealed message stands.
 *
 * <pre>
 *   0        1       2                 18          26         34
 *   +--------+-------+-----------------+-----------+----------+---------------------+------------------+
 *   |version | flags | token id / salt | sequence  | sent at  | [u16 length, token] | ciphertext, tag  |
 *   +--------+-------+-----------------+-----------+----------+---------------------+------------------+
 * </pre>
 *
 * All numbers are big-endian. The first 34 bytes, the header, are authenticated as associated data, together with the
 * address, the reply address and whether the message is a send or a publish. The token is not: its own signature
 * protects it.
 */
final class FrameLayout {
    static final byte VERSION = 1;

    static final int VERSION_OFFSET = 0;
    static final int FLAGS_OFFSET = 1;
    /** A request names its token here, a reply its key's salt. */
    static final int NAME_OFFSET = 2;

    static final int NAME_LENGTH = 16;
    static final int SEQUENCE_OFFSET = NAME_OFFSET + NAME_LENGTH;
    static final int SENT_AT_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
    static final int HEADER_LENGTH = SENT_AT_OFFSET + Long.BYTES;
    static final int TOKEN_LENGTH_LENGTH = Short.BYTES;

    static final byte FLAG_REPLY = 1;
    static final byte FLAG_TOKEN = 2;
    static final byte KNOWN_FLAGS = FLAG_REPLY | FLAG_TOKEN;

    private FrameLayout() {}
}
