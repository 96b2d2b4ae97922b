// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * The 16 bytes that name a Service Token on the wire.
 *
 * @param instance the instance that the token was issued to; lets a receiver ask it for a token that it does not know
 * @param serial random, so that no two tokens of one instance share an id
 */
public record TokenId(long instance, long serial) {
    /** Bytes of an id on the wire. */
    public static final int LENGTH = 16;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final HexFormat HEX = HexFormat.of();

    /** Reads an id from 16 bytes at an offset. */
    public static TokenId read(byte[] bytes, int offset) {
        return new TokenId((long) LONGS.get(bytes, offset), (long) LONGS.get(bytes, offset + Long.BYTES));
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException when it is not 32 hexadecimal digits
     */
    public static TokenId parse(String text) {
        if (text.length() != 2 * LENGTH) {
            throw new IllegalArgumentException("a token id has 32 hexadecimal digits");
        }
        return read(HEX.parseHex(text), 0);
    }

    /** Writes the 16 bytes at an offset. */
    public void write(byte[] target, int offset) {
        LONGS.set(target, offset, instance);
        LONGS.set(target, offset + Long.BYTES, serial);
    }

    /** The instance's name: 16 hexadecimal digits. */
    public String instanceName() {
        return HEX.toHexDigits(instance);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return HEX.toHexDigits(instance) + HEX.toHexDigits(serial);
    }
}
