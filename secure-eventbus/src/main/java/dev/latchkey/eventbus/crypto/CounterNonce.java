// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The parameters of one sealing or opening: a tag of 16 bytes, and a nonce of four zero bytes and the sequence number.
 *
 * <p>A thread sets the number anew for each message, where the JDK's class would take one more copy of the nonce. What a cipher is
 * given is a copy all the same, as it may keep it to notice a nonce that comes again. Confined to its thread.
 */
final class CounterNonce extends GCMParameterSpec {
    private static final int LENGTH = 12;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] nonce = new byte[LENGTH];

    CounterNonce() {
        super(AesGcm.TAG_LENGTH * Byte.SIZE, new byte[LENGTH]);
    }

    CounterNonce of(long sequence) {
        LONGS.set(nonce, LENGTH - Long.BYTES, sequence);
        return this;
    }

    @Override
    public byte[] getIV() {
        return nonce.clone();
    }
}
